@echo off
rem The vitrine command of a packaged app, on the Node that the app carries.
"%~dp0..\resources\node\node.exe" "%~dp0..\resources\engine\vitrine.js" %*
