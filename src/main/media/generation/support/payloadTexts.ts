/** A text of parameters as AUTOMATIC1111's web UI writes it. */
export const A1111 =
  'a cat <lora:fur:0.8>\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, CFG scale: 7.5, Seed: 42, Size: 512x768, Model hash: 45a21ea00a, Model: photon_v1'

/** A graph of ComfyUI with prompt `a graph`, model `graph`, seed 7, 640 × 480. */
export const GRAPH = JSON.stringify({
  '3': {
    class_type: 'KSampler',
    inputs: {
      seed: 7,
      steps: 9,
      cfg: 3,
      sampler_name: 'euler',
      scheduler: 'karras',
      denoise: 1,
      model: ['4', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd/graph.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 640, height: 480, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a graph', clip: ['4', 1] } },
  '7': { class_type: 'CLIPTextEncode', inputs: { text: 'no text', clip: ['4', 1] } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
  '9': { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
})
