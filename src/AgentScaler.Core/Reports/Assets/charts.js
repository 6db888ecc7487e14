/** A bar of a share, 0 to 1. */
function bar(share, tone = 'accent') {
  return h(`span.bar.${tone}`, { 'aria-hidden': 'true', vars: { '--share': Math.max(0, Math.min(1, share || 0)) } });
}

/** A measure: name, a bar, part of all. */
function measure(name, part, all, tone) {
  return h('div.measure', null,
    h('span.measure-name', null, name),
    bar(all ? part / all : 0, tone),
    h('span.measure-number', null, `${number(part)} of ${number(all)}`));
}

/** Columns of counts by a number; every number between the least and the greatest has its place. */
function histogram(counts, name) {
  const keys = Object.keys(counts).map(Number);
  if (keys.length === 0) {
    return h('p.empty', null, 'None.');
  }

  const [least, most] = [Math.min(...keys), Math.max(...keys)];
  const highest = Math.max(...Object.values(counts));
  const columns = [];
  for (let key = least; key <= most; key++) {
    const count = counts[key] ?? 0;
    columns.push(h('div.column', { title: `${key}: ${number(count)}` },
      h('span.column-count', null, count ? number(count) : ''),
      h('span.column-bar', { vars: { '--share': count / highest } }),
      h('span.column-key', null, key)));
  }

  return h('div.histogram', { role: 'img', 'aria-label': `${name}: ${keys.map(key => `${key}: ${counts[key]}`).join(', ')}` }, columns);
}

/** Reasons with their counts, the commonest first; each may lead somewhere. */
function reasonList(reasons, most = 99, link = null) {
  const sorted = Object.entries(reasons).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const left = sorted.slice(most);
  return h('span.reasons', null,
    sorted.slice(0, most).map(([reason, count]) => {
      const parts = [words(reason), h('b', null, number(count))];
      return link ? h('a.reason', { href: link(reason) }, parts) : h('span.reason', null, parts);
    }),
    left.length > 0 && h('span.reason.more', { title: left.map(([reason, count]) => `${words(reason)} ${count}`).join(', ') }, `and ${left.length} more`));
}
