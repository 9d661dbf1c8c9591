import type { CarrierText } from '../../carriers/carriers.ts'
import { png, text } from './carriersOf.ts'
import { A1111, GRAPH } from './payloadTexts.ts'

const job = 'a7421d2f-b262-44f9-977c-ac23e9c7d3e3'

/** One text of each kind that a parser knows, short enough to be cut at every length. */
export const realisticPayloads: readonly CarrierText[] = [
  png(
    'parameters',
    `${A1111}, Lora hashes: "fur: 1a, eyes: 2b", Hashes: {"lora:x": "ff"}, Civitai resources: [{"type":"lora","modelName":"a, b","weight":1}], Version: v1.10.1\nTemplate: a {cat|dog}`,
  ),
  png('prompt', GRAPH),
  text('exif', 'Make', `workflow:${GRAPH}`),
  png(
    'invokeai_metadata',
    '{"positive_prompt":"a cat","seed":1,"model":{"name":"x","hash":"y"},"loras":[{"lora":{"model_name":"fur"},"weight":0.5}],"steps":20}',
  ),
  png(
    'invokeai_graph',
    '{"nodes":{"m":{"type":"core_metadata","seed":null},"s":{"value":3}},"edges":[{"source":{"node_id":"s","field":"value"},"destination":{"node_id":"m","field":"seed"}}]}',
  ),
  png('sd-metadata', '{"model_weights":"x","image":{"prompt":[{"prompt":"a [b] c","weight":1}],"seed":1,"steps":2}}'),
  png('Dream', '"a cat [dog]" -s 50 -S 298 -W 512 -H 768 -C 5 -A k_lms -U 4 0.95'),
  text(
    'stealth:alpha',
    '',
    '{"Software":"NovelAI","Source":"NovelAI Diffusion V4 AAAABBBB","Comment":"{\\"prompt\\":\\"a\\",\\"uc\\":\\"b\\",\\"scale\\":5,\\"steps\\":2,\\"v4_prompt\\":{\\"caption\\":{\\"base_caption\\":\\"a\\",\\"char_captions\\":[{\\"char_caption\\":\\"c\\"}]}}}"}',
  ),
  text(
    'exif',
    'UserComment',
    '{"prompt":"a","base_model":"x.safetensors","resolution":"(1, 2)","loras":[["a",1],["h","0.5 - b"]],"lora_combined_1":"c : 1","version":"Fooocus v2.4.3","styles":"[]","seed":"69524115112469730239"}',
  ),
  text(
    'sidecar',
    'swarm.json',
    '{"sui_image_params":{"prompt":"a","seed":1,"loras":["a"],"loraweights":"1,2"},"sui_models":[{"param":"model","hash":"0x1"}],"sui_extra_data":{"date":"d"}}',
  ),
  png(
    'generation_data',
    '{"prompt":"a","seed":"-1","baseModel":{"modelFileName":"x","hash":"y"},"models":[{"type":"LORA","label":"z","weight":1}]}',
  ),
  png('parameters-json', '{"PositivePrompt":"a <lora:b:1>","Seed":12345678901234567890,"ModelName":"x"}'),
  png(
    'prompt',
    `{"extraMetadata":"{\\"prompt\\":\\"a\\",\\"seed\\":1,\\"resources\\":[{\\"type\\":\\"lora\\",\\"modelName\\":\\"b\\"}]}","1":{"class_type":"KSampler","inputs":{}}}`,
  ),
  text(
    'exif',
    'UserComment',
    '{"prompt":"a","use_stable_diffusion_model":"m/x.ckpt","use_lora_model":["a","b"],"lora_alpha":[1,0.5],"seed":1}',
  ),
  text(
    'xmp',
    'UserComment',
    '{"c":"a","uc":"b","seed":1,"scale":2,"sampler":"s","size":"1x2","v2":{"loras":[{"file":"f","weight":1}]}}',
  ),
  png(
    'parameters',
    '{"prompt":"a","num_inference_steps":2,"guidance_scale":3,"seed":4,"resolution":"5 x 6","use_upscaler":{"a":[1]}}',
  ),
  png('Description', `a cat --ar 2:1 --no dogs --v 6 Job ID: ${job}`),
  text('xmp', 'DigitalSourceType', 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'),
  png('postprocessing', 'Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+'),
]
