// Elements are made here and nowhere else; what tools, users and documents say only ever becomes text.

/** Makes an element: h('div.card', { title: 'x', onclick }, 'text', child, [more]). Null and false children are left out. */
function h(name, props, ...children) {
  const [tag, ...classes] = name.split('.');
  return fill(document.createElement(tag || 'div'), classes, props, children);
}

/** Makes an SVG element. */
function s(name, props, ...children) {
  const [tag, ...classes] = name.split('.');
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), classes, props, children);
}

function fill(node, classes, props, children) {
  if (classes.length > 0) {
    node.setAttribute('class', classes.join(' '));
  }

  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }

    if (key.startsWith('on')) {
      node.addEventListener(key.slice(2), value);
    } else if (key === 'vars') {
      for (const [name, number] of Object.entries(value)) {
        node.style.setProperty(name, number);
      }
    } else {
      node.setAttribute(key, value === true ? '' : String(value));
    }
  }

  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
}

/** Puts children in place of what a node holds. */
function show(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

const $ = id => document.getElementById(id);

/** A titled part of a page. */
function card(title, note, ...children) {
  return h('section.card', null, h('header.card-head', null, h('h2', null, title), note && h('p.note', null, note)), children);
}

/** A badge of a tone: good, bad, warn, accent or plain. */
function badge(text, tone = 'plain') {
  return h(`span.badge.${tone}`, null, text);
}

/** A table: columns are { name, number?, of(row) }. */
function table(columns, rows, caption, props) {
  return h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': caption }, h('table', props,
    h('caption.unseen', null, caption),
    h('thead', null, h('tr', null, columns.map(column => h(column.number ? 'th.number' : 'th', { scope: 'col', title: column.hint }, column.name)))),
    h('tbody', null, rows.map(row => h('tr', null, columns.map((column, i) =>
      h((i === 0 ? 'th' : 'td') + (column.number ? '.number' : '') + (column.wide ? '.wide' : ''), i === 0 ? { scope: 'row' } : null, column.of(row))))))));
}
