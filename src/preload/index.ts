import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { channels, type VitrineBridge } from '../shared/contract/bridge.ts'
import type { EventName, EventPayload } from '../shared/contract/events.ts'

// One listener for each subscription of the page; the page decides how many it needs.
ipcRenderer.setMaxListeners(0)

const bridge: VitrineBridge = {
  request: (name, input) => ipcRenderer.invoke(channels.request, name, input),
  on: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => {
    const receive = (_: unknown, event: EventName, payload: EventPayload<N>) => {
      if (event === name) listener(payload)
    }
    ipcRenderer.on(channels.event, receive)
    return () => {
      ipcRenderer.off(channels.event, receive)
    }
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
}

contextBridge.exposeInMainWorld('vitrine', bridge)

// A file dropped where the page takes none would otherwise be opened in its place. What the page itself drags is no file.
for (const type of ['dragover', 'drop']) {
  window.addEventListener(type, (event) => event.isTrusted && event.preventDefault())
}
