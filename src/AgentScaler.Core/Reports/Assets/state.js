// The rows that gold leaves beside those that the episode leaves, field by field.

/** Changes as rows: "collection/key" to fields, each with its value before and after; a whole row stands for all its fields. */
function rowsOf(changes) {
  const rows = new Map();
  for (const change of changes ?? []) {
    const [collection, key, ...path] = change.path.slice(1).split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const id = JSON.stringify([collection, key]);
    if (!rows.has(id)) {
      rows.set(id, { collection, key, fields: new Map() });
    }

    const { fields } = rows.get(id);
    if (path.length > 0) {
      fields.set(path.join('.'), { before: change.before, after: change.after });
      continue;
    }

    const names = new Set([...Object.keys(change.before ?? {}), ...Object.keys(change.after ?? {})]);
    for (const name of names) {
      fields.set(name, { before: change.before?.[name], after: change.after?.[name] });
    }
  }

  return rows;
}

/** Rows that gold or the episode changed: for each field before, gold and final, and whether the two agree. */
function compareStates(goldChanges, finalChanges) {
  const [gold, final] = [rowsOf(goldChanges), rowsOf(finalChanges)];
  const rows = [...new Set([...gold.keys(), ...final.keys()])].map(id => {
    const { collection, key } = gold.get(id) ?? final.get(id);
    const [wanted, found] = [gold.get(id)?.fields ?? new Map(), final.get(id)?.fields ?? new Map()];
    const fields = [...new Set([...wanted.keys(), ...found.keys()])].toSorted().map(name => {
      const before = (wanted.get(name) ?? found.get(name)).before;
      const [g, f] = [wanted.has(name) ? wanted.get(name).after : before, found.has(name) ? found.get(name).after : before];
      return { name, before, gold: g, final: f, same: JSON.stringify(g) === JSON.stringify(f) };
    });
    const same = fields.every(field => field.same);
    return { collection, key, fields, same, verdict: same ? 'as gold' : !final.has(id) ? 'missing' : !gold.has(id) ? 'unexpected' : 'differs' };
  });
  return rows.toSorted((a, b) => a.same - b.same || a.collection.localeCompare(b.collection) || a.key.localeCompare(b.key));
}

/** The card of an episode's state. */
function stateCard(episode, task) {
  // Where a tool never worked, gold is what can be done without it.
  const gold = episode.goldDiffers ? episode.goldChanges : task.goldChanges;
  const known = gold && (episode.stateEqual || episode.changes);
  const rows = known ? compareStates(gold, episode.stateEqual ? gold : episode.changes) : [];
  const wrong = rows.filter(row => !row.same);
  const title = episode.stateEqual
    ? rows.length === 0 ? 'Nothing changed, as in gold' : `${plural(rows.length, 'row')} changed, as in gold`
    : wrong.length > 0 ? `${plural(wrong.length, 'row')} not as gold leaves ${wrong.length === 1 ? 'it' : 'them'}` : 'The final state is not gold’s';
  return h('section.card.state', { 'aria-label': 'State difference' },
    h('header.card-head', null, h('h2', null, badge(episode.stateEqual ? 'state equal' : 'state differs', episode.stateEqual ? 'good' : 'bad'), title)),
    !known && h('p.empty', null, 'Its rows are not known: made again, its calls did not lead to the recorded state.'),
    wrong.map(stateRow),
    rows.length > wrong.length && h('details', { open: wrong.length === 0 && rows.length <= 3 },
      h('summary', null, wrong.length === 0 ? 'Rows' : `${plural(rows.length - wrong.length, 'row')} as gold`), rows.filter(row => row.same).map(stateRow)));
}

function stateRow(row) {
  const tone = row.same ? 'good' : 'bad';
  // A row that did not exist before has nothing to show there.
  const hadBefore = row.fields.some(field => field.before !== undefined);
  return h('div.state-row', null,
    h('div.state-name', null, h('span.faint', null, row.collection), ' ', h('code', null, row.key), badge(row.verdict, tone)),
    h('div.scroll', null, h('table.state-table', null,
      h('caption.unseen', null, `${row.collection} ${row.key}`),
      h('thead', null, h('tr', null, ['Field', hadBefore && 'Before', 'Gold', 'Final'].filter(Boolean).map(name => h('th', { scope: 'col' }, name)))),
      h('tbody', null, row.fields.map(field => h(field.same ? 'tr' : 'tr.differs', null,
        h('th', { scope: 'row' }, breakable(field.name)), hadBefore && h('td', null, value(field.before)), h('td.gold-value', null, value(field.gold)), h('td.final-value', null, value(field.final))))))));
}

function value(of) {
  return of === undefined ? h('span.faint', null, '—') : h('code', null, typeof of === 'string' ? of : JSON.stringify(of));
}
