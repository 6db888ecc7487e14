const stageTitles = { validity: 'Validity', 'state-alignment': 'State alignment', 'exact-match': 'Exact match', quota: 'Quota', review: 'Review' };
const stageNotes = {
  validity: 'well-formed, complete, not repetitive, no fault of the user’s',
  'state-alignment': 'the final database equals gold’s',
  'exact-match': 'calls and facts are gold’s, where states prove nothing',
  quota: 'room left for episodes with tool errors',
  review: 'a person’s decision',
};

/** The funnel as a picture: what goes on flows along the top, what is rejected falls to its reasons. */
function funnelPicture(counts, link) {
  const stages = counts.stages.filter(stage => stage.in > 0 && (stage.stage !== 'quota' || stage.in !== stage.out));
  if (counts.episodes === 0 || stages.length === 0) {
    return h('p.empty', null, 'No episode has come this far.');
  }

  const width = 1120, top = 56, tallest = 190, left = 8, thick = 9;
  const step = (width - left - 190) / stages.length;
  const scale = tallest / counts.episodes;
  const fallTop = top + tallest + 34;
  let bottom = fallTop;
  const parts = [];
  stages.forEach((stage, i) => {
    const x = left + i * step, next = x + step;
    const flows = [stage.in * scale, stage.out * scale];
    const last = i === stages.length - 1;
    parts.push(s('path.flow.on', { d: band(x + thick, top, next, top, flows[1]) }));
    if (stage.in > stage.out) {
      const lost = flows[0] - flows[1];
      const at = x + step * 0.3;
      parts.push(s('path.flow.off', { d: band(x + thick, top + flows[1], at, fallTop, lost) }));
      const reasons = Object.entries(stage.reasons).sort((a, b) => b[1] - a[1]);
      let segment = fallTop, label = fallTop;
      for (const [reason, count] of reasons) {
        const tall = count * scale;
        parts.push(s('rect.node.off', { x: at, y: segment, width: thick, height: Math.max(1, tall - 0.75), rx: 1 }));
        const place = Math.max(label, segment + tall / 2 - 8);
        const text = s('text.reason-text', { x: at + thick + 8, y: place + 11 }, s('tspan.strong', null, number(count)), ` ${words(reason)}`);
        parts.push(link ? s('a', { href: link(reason, stage.stage), 'aria-label': `${count} ${words(reason)}: list them` }, text) : text);
        segment += tall;
        label = place + 18;
      }

      bottom = Math.max(bottom, segment, label);
    }

    parts.push(s('rect.node.on', { x, y: top, width: thick, height: Math.max(1, flows[0]), rx: 2 }));
    parts.push(s('text.node-name', { x, y: 20 }, stageTitles[stage.stage] ?? words(stage.stage)));
    parts.push(s('text.node-count', { x, y: 40 }, s('tspan.strong', null, number(stage.in)), ` in`));
    if (last) {
      parts.push(s('rect.node.kept', { x: next, y: top, width: thick, height: Math.max(1, flows[1]), rx: 2 }));
      parts.push(s('text.node-name', { x: next, y: 20 }, 'Kept'));
      parts.push(s('text.node-count', { x: next, y: 40 }, s('tspan.strong.kept', null, number(stage.out)), ` · ${percent(stage.out, counts.episodes)}`));
    }
  });
  return h('div.scroll.picture', { tabindex: 0, role: 'region', 'aria-label': 'The funnel as a picture' },
    s('svg.sankey', { viewBox: `0 0 ${width} ${Math.ceil(bottom + 14)}`, role: 'group', 'aria-label': `Of ${counts.episodes} episodes ${counts.kept} were kept` }, parts));
}

function band(x0, y0, x1, y1, tall) {
  const middle = (x0 + x1) / 2, high = Math.max(tall, 0.75);
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}L${x1} ${y1 + high}C${middle} ${y1 + high} ${middle} ${y0 + high} ${x0} ${y0 + high}Z`;
}

/** The view: picture, stages, domains. */
function funnelView(at) {
  const { overview } = report;
  const place = overview.environments.findIndex(environment => environment.environment === at.filters.domain);
  const chosen = place >= 0 ? overview.environments[place] : null;
  const counts = chosen ? chosen.counts : overview.total;
  const link = (reason, stage) => address('trajectories', null, { reason, stage, domain: chosen?.environment });
  const choice = h('select', {
    'aria-label': 'Domain', onchange: event => go('funnel', null, { domain: event.target.value }),
  }, h('option', { value: '' }, `All ${overview.environments.length} domains`), overview.environments.map(environment =>
    h('option', { value: environment.environment, selected: environment === chosen }, environment.domainName)));
  return [
    h('header.page-head', null,
      h('div', null, h('h1', null, 'Funnel'), h('p.lead', null, `Of ${plural(counts.episodes, 'episode')} ${number(counts.kept)} are proven and kept.`)),
      h('label.field', null, h('span', null, 'Domain'), choice)),
    card('Where episodes go', 'Heights are counts. A reason leads to its episodes.', funnelPicture(counts, link)),
    card('Stages', null, table([
      { name: 'Stage', of: stage => [h('span.strong', null, stageTitles[stage.stage] ?? words(stage.stage)), h('span.sub', null, stageNotes[stage.stage])] },
      { name: 'In', number: true, of: stage => number(stage.in) },
      { name: 'Out', number: true, of: stage => number(stage.out) },
      { name: 'Passed', number: true, of: stage => percent(stage.out, stage.in) },
      { name: 'Whose fault', of: stage => reasonList(stage.attributions) },
      { name: 'Why', wide: true, of: stage => reasonList(stage.reasons, 99, reason => link(reason, stage.stage)) },
    ], counts.stages, 'Stages of the funnel')),
    !chosen && card('By domain', null, table([
      { name: 'Domain', of: row => h('a.whole', { href: address('funnel', null, { domain: row.environment }) }, row.domainName) },
      { name: 'Tasks', number: true, of: row => number(row.tasks) },
      { name: 'Episodes', number: true, of: row => number(row.counts.episodes) },
      ...overview.total.stages.map((stage, i) => ({
        name: stageTitles[stage.stage] ?? words(stage.stage), number: true, hint: 'left out at this stage', of: row => lost(row.counts.stages[i]),
      })),
      { name: 'Kept', number: true, of: row => number(row.counts.kept) },
      { name: 'Share', number: true, of: row => percent(row.counts.kept, row.counts.episodes) },
      { name: 'Commonest reasons', wide: true, of: row => reasonList(allReasons(row.counts), 2) },
    ], overview.environments, 'The funnel by domain')),
  ];
}

function lost(stage) {
  return stage.in === stage.out ? h('span.faint', null, '0') : `−${number(stage.in - stage.out)}`;
}

function allReasons(counts) {
  const sum = {};
  for (const stage of counts.stages) {
    for (const [reason, count] of Object.entries(stage.reasons)) {
      sum[reason] = (sum[reason] ?? 0) + count;
    }
  }

  return sum;
}
