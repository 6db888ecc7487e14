const boxWidth = 214, headHeight = 30, fieldHeight = 20, boxGap = 26, rankGap = 92, fieldsShown = 14;

/** The database schema: a box a collection, a line from each reference to what it names. */
function schemaDiagram(collections) {
  const byName = new Map(collections.map(collection => [collection.name, collection]));
  const ranks = new Map();
  const rank = (name, seen) => {
    if (!ranks.has(name)) {
      const targets = byName.get(name).fields.map(field => field.references).filter(target => target && byName.has(target) && target !== name && !seen.has(target));
      ranks.set(name, targets.length === 0 ? 0 : 1 + Math.max(...targets.map(target => rank(target, new Set([...seen, name])))));
    }

    return ranks.get(name);
  };
  collections.forEach(collection => rank(collection.name, new Set()));
  const boxes = new Map();
  const heights = [];
  for (const collection of collections) {
    const column = ranks.get(collection.name);
    const fields = collection.fields.slice(0, fieldsShown);
    const tall = headHeight + (fields.length + (collection.fields.length > fieldsShown ? 1 : 0)) * fieldHeight + 8;
    const y = heights[column] ?? 2;
    boxes.set(collection.name, { collection, fields, x: 2 + column * (boxWidth + rankGap), y, tall });
    heights[column] = y + tall + boxGap;
  }

  const width = 4 + heights.length * (boxWidth + rankGap) - rankGap + 30, height = Math.max(0, ...heights) - boxGap + 4;
  const lines = [...boxes.values()].flatMap(box => box.fields.flatMap((field, i) => {
    const target = boxes.get(field.references);
    if (!target) {
      return [];
    }

    const y0 = box.y + headHeight + (i + 0.5) * fieldHeight + 2, y1 = target.y + headHeight / 2;
    const leftwards = target.x < box.x;
    const x0 = leftwards ? box.x : box.x + boxWidth, x1 = target.x + boxWidth;
    const bend = leftwards ? rankGap * 0.55 : 34;
    return [s('path.reference', { d: `M${x0} ${y0}C${leftwards ? x0 - bend : x0 + bend} ${y0} ${x1 + bend} ${y1} ${x1 + 2} ${y1}` }), s('circle.reference-end', { cx: x1 + 2, cy: y1, r: 3 })];
  }));
  const drawn = [...boxes.values()].map(({ collection, fields, x, y, tall }) => s('g', null,
    s('rect.box', { x, y, width: boxWidth, height: tall, rx: 7 }),
    s('text.box-name', { x: x + 12, y: y + 20 }, collection.name),
    s('text.box-rows', { x: x + boxWidth - 12, y: y + 20, 'text-anchor': 'end' }, plural(collection.rows, 'row')),
    s('line.box-line', { x1: x, x2: x + boxWidth, y1: y + headHeight, y2: y + headHeight }),
    fields.map((field, i) => s('g', null,
      s(field.isKey ? 'text.box-field.key' : 'text.box-field', { x: x + 12, y: y + headHeight + (i + 1) * fieldHeight - 4 }, clip(field.name, 21)),
      s('text.box-type', { x: x + boxWidth - 12, y: y + headHeight + (i + 1) * fieldHeight - 4, 'text-anchor': 'end' },
        (field.isKey ? 'key' : field.references ? '→' : field.type) + (field.required || field.isKey ? '' : '?')))),
    collection.fields.length > fields.length && s('text.box-type', { x: x + 12, y: y + tall - 8 }, `and ${collection.fields.length - fields.length} more`)));
  return h('div.scroll.picture', { tabindex: 0, role: 'region', 'aria-label': 'The schema as a picture' },
    s('svg.schema', { viewBox: `0 0 ${width} ${height}`, vars: { '--width': `${width}px` }, role: 'img', 'aria-label': `Schema: ${collections.map(collection => collection.name).join(', ')}` }, lines, drawn));
}

function clip(text, most) {
  return text.length > most ? text.slice(0, most - 1) + '…' : text;
}
