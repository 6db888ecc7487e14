/** The little of Markdown that policies use: headings, lists, paragraphs, **bold**, `code`. Everything else stays as it is written. */
function markdown(text) {
  const parts = [];
  let list = null;
  for (const line of text.split('\n')) {
    const item = /^\s*[-*] (.*)$/.exec(line);
    if (item) {
      list ??= parts[parts.push(h('ul')) - 1];
      list.append(h('li', null, inline(item[1])));
      continue;
    }

    list = null;
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (heading) {
      parts.push(h(heading[1].length === 1 ? 'h3' : 'h4', null, inline(heading[2])));
    } else if (line.trim()) {
      parts.push(h('p', null, inline(line)));
    }
  }

  return h('div.prose', null, parts);
}

function inline(text) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map(part => part.startsWith('**') && part.length > 4 ? h('b', null, part.slice(2, -2))
    : part.startsWith('`') && part.length > 2 ? h('code', null, part.slice(1, -1)) : part);
}
