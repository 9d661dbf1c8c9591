/** Words that prompts, names and tags of a made-up library are put together from, by language. */
export interface PromptWords {
  readonly adjectives: Words
  readonly subjects: Words
  readonly places: Words
  readonly lights: Words
  readonly styles: Words
  /** How a sentence goes: `{a}` adjective, `{s}` subject, `{p}` place, `{l}` light, `{y}` style. */
  readonly sentences: Words
}
export type Words = readonly [string, ...string[]]

export const english: PromptWords = {
  adjectives: words(
    'weathered, luminous, ancient, tiny, colossal, forgotten, gentle, iridescent, brass, wooden, overgrown, frozen, velvet, hollow, glass, rusty, wandering, silver, crimson, mossy, restless, paper, clockwork, sleepy, moonlit, tangled, painted, broken, curious, solemn, feathered, marble, smoky, golden, porcelain, stormy',
  ),
  subjects: words(
    'lighthouse, fox, astronaut, tea house, sailing ship, library, old fisherman, robot gardener, owl, dragon, market stall, violinist, glass greenhouse, train, whale, knight, apothecary, street cat, bridge, windmill, mountain hut, dancer, lantern maker, hummingbird, canal boat, observatory, cyclist, portrait of a woman, portrait of a man, bowl of persimmons, bouquet of peonies, vintage car, tram, deer, chess player, potter, bookshop, castle, heron, motorbike, grandmother, diver, orchard, cathedral, puppet, ceramic vase, wolf, beekeeper, telescope, kite',
  ),
  places: words(
    'on a cliff above the sea, in a flooded city, at the edge of a birch forest, under a railway arch, on a salt flat, in a narrow alley, beside a frozen lake, in a desert canyon, on a rooftop, inside an abandoned station, in a bamboo grove, on a rainy harbour, in the high mountains, among sunflowers, in a quiet courtyard, between market stalls, at a crossroads, in a coral reef, on a moon colony, in an attic studio, below an aqueduct, in a terraced field, on an empty beach, inside a snow globe',
  ),
  lights: words(
    'golden hour, soft morning fog, neon reflections, harsh noon sun, candlelight, blue hour, volumetric light, overcast sky, rim light, moonlight, backlit, stained glass glow, thunderstorm, lantern light, aurora, dappled shade, studio softbox, first snow',
  ),
  styles: words(
    'oil painting, watercolour, 35mm film photograph, ink drawing, isometric render, children’s book illustration, cinematic still, linocut print, pastel sketch, low poly, art nouveau poster, pixel art, gouache, charcoal study, claymation, architectural visualisation, macro photograph, tilt-shift, double exposure, ukiyo-e woodblock, editorial fashion photograph, concept art, blueprint, mosaic',
  ),
  sentences: [
    'a {a} {s} {p}, {l}, {y}',
    '{y} of a {a} {s} {p}, {l}, highly detailed',
    'masterpiece, best quality, {a} {s}, {p}, {l}, {y}, sharp focus',
    'Wide shot of a {a} {s} {p}. The scene is lit by {l}. Rendered as {y} with a calm, slightly nostalgic mood.',
    'close-up of a {a} {s}, {l}, shallow depth of field, {y}',
    '{a} {s} and a second {a} {s} {p}, {l}',
  ],
}

export const german: PromptWords = {
  adjectives: words(
    'alter, leuchtender, verlassener, winziger, gläserner, rostiger, moosbewachsener, silberner, stiller, hölzerner',
  ),
  subjects: words(
    'Leuchtturm, Bücherschrank, Straßenmusiker, Uhrmacher, Füchslein, Dampfer, Glaspavillon, Gemüsehändler, Schäferhund, Kirchturm, Brückenwärter, Wasserfall',
  ),
  places: words(
    'auf einer Klippe über der Nordsee, in einer engen Gasse, am gefrorenen See, unter alten Kastanien, im Hinterhof einer Fabrik, auf dem Wochenmarkt, zwischen Weinbergen',
  ),
  lights: words(
    'goldene Abendsonne, dichter Morgennebel, Kerzenlicht, fahles Mondlicht, Gewitterstimmung, weiches Fensterlicht',
  ),
  styles: words('Ölgemälde, Aquarell, Kleinbildfotografie, Holzschnitt, Kinderbuchillustration, Kohlezeichnung'),
  sentences: [
    'Ein {a} {s} {p}, {l}, {y}',
    '{y}: {a} {s} {p} bei {l}, viele Details',
    '{a} {s}, {l}, {y}, größte Schärfe',
  ],
}

export const japanese: PromptWords = {
  adjectives: words('古い, 静かな, 輝く, 小さな, 巨大な, 忘れられた, 透き通った, 銀色の'),
  subjects: words('灯台, 狐, 茶屋, 図書館, 帆船, 猫, 提灯職人, 電車, 竜, 花屋, 少女の肖像, 天文台'),
  places: words('海辺の崖の上, 竹林の中, 雨の港, 雪の積もる屋根の上, 狭い路地, 桜並木の下, 水没した都市'),
  lights: words('夕暮れの光, 朝霧, ネオンの反射, 月明かり, 木漏れ日, 青い時間'),
  styles: words('水彩画, 油絵, 浮世絵, フィルム写真, 絵本の挿絵, 墨絵'),
  sentences: ['{p}にある{a}{s}、{l}、{y}', '{y}、{a}{s}、{l}、高精細', '最高品質、{a}{s}と{p}、{l}'],
}

export const chinese: PromptWords = {
  adjectives: words('古老的, 宁静的, 发光的, 巨大的, 被遗忘的, 透明的, 银色的, 破旧的'),
  subjects: words('灯塔, 狐狸, 茶馆, 图书馆, 帆船, 老渔夫, 凤凰, 书法家, 石桥, 花园, 宇航员, 火车站'),
  places: words('在海边的悬崖上, 在竹林深处, 在雨中的小巷, 在雪山脚下, 在水乡古镇, 在屋顶花园'),
  lights: words('黄昏的光线, 晨雾, 霓虹灯倒影, 月光, 烛光, 雷雨将至'),
  styles: words('水墨画, 油画, 胶片摄影, 工笔画, 概念设计, 剪纸艺术'),
  sentences: ['{a}{s}{p}，{l}，{y}', '{y}，{a}{s}，{l}，细节丰富', '杰作，最佳质量，{a}{s}，{p}，{l}'],
}

export const vietnamese: PromptWords = {
  adjectives: words('cổ kính, yên tĩnh, rực rỡ, nhỏ bé, khổng lồ, bị lãng quên, trong suốt, phủ rêu'),
  subjects: words(
    'ngọn hải đăng, con cáo, quán trà, thư viện, thuyền buồm, ông lão đánh cá, cây cầu gỗ, khu chợ nổi, người thợ gốm, con rồng',
  ),
  places: words(
    'trên vách đá ven biển, giữa rừng tre, trong con hẻm nhỏ, bên hồ nước đóng băng, dưới chân núi, giữa ruộng bậc thang',
  ),
  lights: words('ánh hoàng hôn, sương sớm, ánh đèn lồng, ánh trăng, nắng xuyên kẽ lá, trời giông bão'),
  styles: words('tranh sơn dầu, tranh màu nước, ảnh phim 35mm, tranh lụa, minh hoạ truyện thiếu nhi'),
  sentences: ['{s} {a} {p}, {l}, {y}', '{y} vẽ {s} {a} {p} trong {l}, nhiều chi tiết'],
}

export const unwanted: Words = words(
  'lowres, bad anatomy, bad hands, text, error, missing fingers, extra digit, cropped, worst quality, low quality, jpeg artifacts, signature, watermark, blurry, deformed, duplicate, ugly, mutated, out of frame, oversaturated, grainy, extra limbs, poorly drawn face, username',
)

/** Roots of the tag tree with what may stand below each; what is made of more is made of these. */
export const tagWords: readonly (readonly [root: string, ...children: string[]])[] = [
  ['people', 'portrait', 'family', 'children', 'crowd', 'hands', 'wedding', 'dancers', 'self-portrait', 'elderly'],
  ['animals', 'cats', 'dogs', 'birds', 'foxes', 'horses', 'insects', 'sea life', 'dragons', 'wildlife'],
  ['places', 'Lisbon', 'Kyoto', 'Hanoi', 'Hamburg', 'Chongqing', 'Iceland', 'Dolomites', 'Marrakesh', '京都', '上海'],
  ['nature', 'forest', 'mountains', 'sea', 'desert', 'rivers', 'flowers', 'winter', 'storm', 'fungi', 'night sky'],
  ['city', 'streets', 'architecture', 'bridges', 'trains', 'harbour', 'rooftops', 'markets', 'neon', 'interiors'],
  ['style', 'watercolour', 'oil', 'ink', 'pixel art', 'film', 'noir', 'minimal', 'low poly', 'ukiyo-e', 'linocut'],
  ['light', 'golden hour', 'blue hour', 'fog', 'backlit', 'low key', 'candlelight', 'long exposure'],
  ['colour', 'monochrome', 'pastel', 'warm', 'cold', 'teal and orange', 'high contrast', 'sepia'],
  [
    'project',
    'book cover',
    'game assets',
    'poster series',
    'client work',
    'moodboard',
    'thesis',
    'album art',
    '年賀状',
  ],
  ['use', 'print', 'web', 'reference', 'texture', 'background', 'avatar', 'thumbnail', 'storyboard', 'icon'],
  ['quality', 'keeper', 'needs work', 'upscaled', 'hands wrong', 'final', 'draft', 'inpainted', 'variation'],
  ['characters', 'Maren', 'Ilse', 'the Ferryman', 'Captain Oduya', 'Tuyết', 'Kōji', 'the Cartographer', 'Nettle'],
  ['food', 'bread', 'fruit', 'tea', 'ramen', 'cakes', 'market food', 'table settings'],
  ['vehicles', 'cars', 'bicycles', 'boats', 'aircraft', 'spaceships', 'trams', 'motorbikes'],
]

/** Words that further tags and collections are told apart by. */
export const qualifiers: Words = words(
  'study, spring, summer, autumn, winter, series, session, night, morning, second try, wide, detail, square, tall, selected, client, personal, archive, experiment, old, new, north, south, harbour, garden, studio, outtakes, references, favourites of Mai, for print, to sort, revisited',
)

export const collectionWords: Words = words(
  'Lighthouse book, Trip to Kyoto, Hanoi 2023, Game assets, Poster series, Family, Portraits, Client: Brandt, Client: Moreau, Character sheets, Textures, Moodboards, Street photography, Thesis, Album covers, Wedding Lena & Tomás, Birds, Storyboards, Backgrounds, Icons, Music, Typefaces, Scans, Ideas, Upscales, Still lifes, 旅行, 素材, Ảnh gia đình, Skizzen, Architecture, Night walks, Experiments, Tutorials, Prints for sale, Exhibition',
)

function words(list: string): Words {
  const [first = '', ...rest] = list.split(', ')
  return [first, ...rest]
}
