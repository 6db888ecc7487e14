/** The tool graph: tools on a ring, those of a collection side by side; an edge says that one tool's result feeds another. */
function toolGraph(domain) {
  const tools = domain.tools.toSorted((a, b) => a.collection.localeCompare(b.collection) || a.name.localeCompare(b.name));
  const height = Math.max(420, 220 + tools.length * 14), ring = height / 2 - 44;
  const width = 2 * (ring * 1.02 + 20 + 7 * Math.max(0, ...tools.map(tool => tool.name.length)));
  const place = new Map(tools.map((tool, i) => {
    const angle = -Math.PI / 2 + 2 * Math.PI * (i + 0.5) / tools.length;
    return [tool.name, { x: width / 2 + ring * 1.02 * Math.cos(angle), y: height / 2 + ring * Math.sin(angle), left: Math.cos(angle) < 0 }];
  }));
  const edges = domain.edges.filter(edge => place.has(edge.producer) && place.has(edge.consumer) && edge.producer !== edge.consumer).map(edge => {
    const [from, to] = [place.get(edge.producer), place.get(edge.consumer)];
    const pull = 0.42;
    const x = (from.x + to.x) / 2 * (1 - pull) + width / 2 * pull, y = (from.y + to.y) / 2 * (1 - pull) + height / 2 * pull;
    return { edge, node: s('path.edge', { d: `M${from.x} ${from.y}Q${x} ${y} ${to.x} ${to.y}` }, s('title', null, `${edge.producer} → ${edge.consumer}: ${edge.parameters.join(', ')}`)) };
  });
  const caption = h('p.note.graph-note', { 'aria-live': 'polite' }, '');
  const rest = () => {
    picture.classList.remove('focused');
    edges.forEach(({ node }) => node.classList.remove('in', 'out'));
    nodes.forEach(node => node.classList.remove('near'));
    caption.textContent = 'Point at a tool to see what it feeds and what feeds it.';
  };
  const focus = name => {
    rest();
    picture.classList.add('focused');
    const near = new Set([name]);
    const [feeds, fed] = [new Set(), new Set()];
    for (const { edge, node } of edges) {
      if (edge.producer === name || edge.consumer === name) {
        node.classList.add(edge.producer === name ? 'out' : 'in');
        node.parentNode.append(node);
        (edge.producer === name ? feeds : fed).add(edge.producer === name ? edge.consumer : edge.producer);
        near.add(edge.producer).add(edge.consumer);
      }
    }

    nodes.forEach(node => node.classList.toggle('near', near.has(node.dataset.tool)));
    caption.textContent = `${name} feeds ${plural(feeds.size, 'tool')} and is fed by ${number(fed.size)}.`;
  };
  const nodes = tools.map(tool => {
    const { x, y, left } = place.get(tool.name);
    return s('g.tool', {
      tabindex: 0, role: 'img', 'aria-label': `${tool.name}, ${tool.writes ? 'writes' : 'reads'} ${tool.collection}`, 'data-tool': tool.name,
      onmouseenter: () => focus(tool.name), onfocus: () => focus(tool.name), onmouseleave: rest, onblur: rest,
    }, s(tool.writes ? 'circle.writes' : 'circle.reads', { cx: x, cy: y, r: 5.5 }),
      s('text', { x: x + (left ? -12 : 12), y: y + 4, 'text-anchor': left ? 'end' : 'start' }, tool.name));
  });
  const picture = s('svg.graph', { viewBox: `0 0 ${width} ${height}`, vars: { '--width': `${width}px` }, role: 'group', 'aria-label': `Tool graph: ${tools.length} tools, ${edges.length} edges` },
    s('g', null, edges.map(({ node }) => node)), nodes);
  rest();
  return [
    h('div.scroll.picture', { tabindex: 0, role: 'region', 'aria-label': 'The tool graph as a picture' }, picture),
    h('div.legend', null, h('span.key.reads', null, 'reads'), h('span.key.writes', null, 'writes'), h('span.key.out', null, 'feeds'), h('span.key.in', null, 'is fed by'), caption),
  ];
}
