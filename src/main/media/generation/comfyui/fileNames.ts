/** `SDXL\sub/model.safetensors` → `model`: as people call it, without folder and file extension. */
export function fileStem(name: string): string {
  const base = name.trim().split(/[\\/]/).at(-1) ?? ''
  return base.replace(/\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|engine)$/i, '')
}

/** Choices of a list that mean that nothing is chosen. */
export function isNoChoice(name: string): boolean {
  return /^(none|null|undefined|disabled|baked vae|\[none\]|default|use (same|base|pipe|original).*|)$/i.test(
    name.trim(),
  )
}
