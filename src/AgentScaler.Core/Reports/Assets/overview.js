// Which steps of the workflow made a stage; their seconds are all workers' together.
const stageSteps = {
  tools: ['tools.import'], 'tools in domains': ['graphs.domains'], environments: ['environments.build'],
  tasks: ['tasks.build'], 'funnel: validity': ['funnel.judge'], episodes: ['episodes.roll-out'],
};

function overviewView() {
  const { overview } = report;
  const { manifest, summary, total, run, spent } = overview;
  return [
    h('header.page-head', null, h('div', null,
      h('h1', null, manifest.name),
      h('p.lead', null, `Seed ${manifest.seed} · ${manifest.software} · identity `, h('code', { title: manifest.identity }, manifest.identity.slice(0, 12))))),
    h(manifest.generator === 'scripted' ? 'p.notice.warn' : 'p.notice', null, h('b', null, `generator: ${manifest.generator}. `), manifest.about),
    overview.shown < overview.episodes && h('p.notice', null,
      `${number(overview.shown)} of ${number(overview.episodes)} episodes are shown with their transcripts, every reason among them; all numbers cover all. `,
      'Write the report with a larger --episodes to see more.'),
    tiles(),
    card('Stages', 'What went in, what came out, and why the rest did not.', table([
      { name: 'Stage', of: stage => h('span.strong', null, stage.stage) },
      { name: 'In', number: true, of: stage => number(stage.in) },
      { name: 'Out', number: true, of: stage => number(stage.out) },
      { name: '', of: stage => bar(stage.in ? stage.out / stage.in : 0, stage.stage.startsWith('funnel') ? 'good' : 'accent') },
      { name: 'Share', number: true, of: stage => percent(stage.out, stage.in) },
      ...(run?.steps ? [{ name: 'Time', number: true, hint: 'seconds of all workers together, in the last run', of: stage => stageTime(stage.stage, run.steps) }] : []),
      { name: 'Left out', wide: true, of: stage => reasonList(stage.reasons, 6, stage.stage.startsWith('funnel: ')
        ? reason => address('trajectories', null, { reason }) : null) },
    ], withEpisodes(summary.stages, total), 'Stages of the campaign')),
    summary.confusion && confusionCard(summary.confusion),
    spent && spent.total.requests + spent.total.fromKept > 0 && spentCard(spent),
    h('div.columns', null, h('div.stack', null, difficultyCard(summary.difficulty), coverageCard(summary), run && runCard(run)), tasksCard(summary)),
  ];
}

function withEpisodes(stages, total) {
  const at = stages.findIndex(stage => stage.stage.startsWith('funnel'));
  return stages.toSpliced(at < 0 ? stages.length : at, 0, { stage: 'episodes', in: total.episodes, out: total.episodes, reasons: {} });
}

function stageTime(stage, steps) {
  const seconds = (stageSteps[stage] ?? []).reduce((sum, step) => sum + (steps[step]?.seconds ?? 0), 0);
  return seconds > 0 ? duration(seconds) : '';
}

function tiles() {
  const { overview } = report;
  const { manifest, summary, run, spent } = overview;
  const { counts } = manifest;
  const usd = spent?.total.usd;
  const tile = (name, value, note, link) => h('div.tile', null,
    h('span.tile-name', null, name), link ? h('a.tile-value', { href: link }, value) : h('span.tile-value', null, value), h('span.tile-note', null, note));
  return h('div.tiles', null,
    tile('Kept trajectories', number(summary.kept), `${percent(summary.kept, counts.episodes)} of ${plural(counts.episodes, 'episode')}`, address('trajectories', null, { verdict: 'kept' })),
    tile('Environments', number(counts.environments), `of ${plural(counts.domains, 'domain')}`, address('domains')),
    tile('Tools', number(summary.coverage.tools || counts.tools), `${number(summary.coverage.toolsCovered)} called by tasks`),
    tile('Tasks', number(counts.tasks), `${number(summary.verification.left ?? 0)} left for their verifier`),
    tile('Time', run ? duration(run.seconds) : '–', run ? `${duration(run.cpuSeconds)} of processors` : 'not recorded here'),
    tile('Cost', usd === undefined ? '0 USD' : `${usd.toFixed(2)} USD`, usd === undefined ? 'no model was asked' : `${number(spent.total.inputTokens + spent.total.outputTokens)} tokens`));
}

function confusionCard(confusion) {
  const columns = [['kept', 'Kept'], ['rejectedValidity', 'Validity'], ['rejectedState', 'State'], ['rejectedMatch', 'Match'], ['rejectedQuota', 'Quota']];
  const expected = { none: 'kept', validity: 'rejectedValidity', 'state-alignment': 'rejectedState', 'exact-match': 'rejectedMatch' };
  const cell = (row, key) => h('span.cell', {
    vars: { '--share': row.episodes ? row[key] / row.episodes : 0 },
    'data-hit': row[key] > 0 && (expected[row.expected] === key ? 'meant' : 'other'),
  }, row[key] ? number(row[key]) : h('span.faint', null, '·'));
  return card('Injected mistakes against verdicts',
    `The funnel measured: ${number(confusion.stateErrorsKept)} of ${number(confusion.stateErrors)} episodes whose mistake left wrong rows were kept; `
    + `${number(confusion.cleanKept)} of ${number(confusion.clean)} clean ones were.`,
    table([
      { name: 'Mistake', of: row => h('a.strong', { href: address('trajectories', null, { fault: row.fault, gold: row.readOnlyGold ? 'reads' : 'writes' }) }, words(row.fault)) },
      { name: 'Gold', of: row => h('span.faint', null, row.readOnlyGold ? 'reads' : 'writes') },
      { name: 'Episodes', number: true, of: row => number(row.episodes) },
      ...columns.map(([key, name]) => ({ name, number: true, of: row => cell(row, key) })),
      { name: 'Wrong rows', number: true, hint: 'ended in another state than gold’s, by rows', of: row => row.stateErrors ? number(row.stateErrors) : h('span.faint', null, '·') },
      { name: 'of them kept', number: true, of: row => row.stateErrorsKept ? badge(number(row.stateErrorsKept), 'bad') : h('span.faint', null, '·') },
    ], confusion.rows, 'Injected mistakes against verdicts', { class: 'confusion' }));
}

function coverageCard({ coverage, mutation, verification, pairs }) {
  const trials = Object.values(verification.operators ?? {});
  const sum = key => trials.reduce((all, counts) => all + (counts[key] ?? 0), 0);
  const harmful = sum('rejected') + sum('falseAccepts');
  return card('Coverage and proof', null, h('div.measures', null,
    measure('Tools that tasks call', coverage.toolsCovered, coverage.tools),
    measure('Edges that tasks use', coverage.edgesCovered, coverage.edges),
    mutation && measure('Changed programs noticed', mutation.noticed, mutation.made, 'good'),
    harmful > 0 && measure('Changed gold rejected', sum('rejected'), harmful, 'good'),
    pairs.rejected > 0 && measure('Rejected in a preference pair', pairs.pairs, pairs.rejected)));
}

function tasksCard({ coverage }) {
  return card('Tasks', null,
    h('h3', null, 'By gold calls'), histogram(coverage.byLength, 'Tasks by gold calls'),
    h('h3', null, 'By kind'),
    h('div.measures', null, Object.entries(coverage.byKind).map(([kind, count]) => coverage.planned[kind]
      ? measure(words(kind), count, coverage.planned[kind])
      : h('div.measure', null, h('span.measure-name', null, words(kind)), h('span'), h('span.measure-number', null, number(count))))));
}

/** Tasks by how hard they have proved, and pass^k: the share of tasks of which k trials all pass. */
function difficultyCard({ tasks, bands: counts, passK }) {
  return tasks > 0 && card('Difficulty', 'Over the trials that count; injected mistakes have their part in it.',
    h('div.measures', null, counts.map(({ band, tasks: count }) => measure(count ? h('a', { href: address('trajectories', null, { difficulty: band }) }, band) : band, count, tasks))),
    passK.length > 0 && h('p.pass-k', null, passK.map(({ k, mean }) => h('span', null, h('span.faint', null, `pass^${k} `), h('b', null, percent(mean, 1))))));
}

function spentCard(spent) {
  return card('Models', 'What was asked, and what it cost, over all runs.', table([
    { name: 'Role and model', of: ([role]) => h('span.strong', null, role) },
    { name: 'Requests', number: true, of: ([, spend]) => number(spend.requests) },
    { name: 'From kept', number: true, of: ([, spend]) => number(spend.fromKept) },
    { name: 'Tokens in', number: true, of: ([, spend]) => number(spend.inputTokens) },
    { name: 'Tokens out', number: true, of: ([, spend]) => number(spend.outputTokens) },
    { name: 'USD', number: true, of: ([, spend]) => spend.usd.toFixed(4) },
  ], [...Object.entries(spent.roles), ['all', spent.total]], 'What models cost'));
}

function runCard(run) {
  const facts = [
    ['Ended', run.finished?.slice(0, 19).replace('T', ' ')], ['Machine', run.machine], ['Runtime', run.runtime], ['Steps at once', run.parallelism],
    ['Peak memory', run.peakMegabytes && `${number(Math.round(run.peakMegabytes))} MB`], ['Files not read', run.skipped?.length || null],
  ];
  return card('Last run', null, h('dl.facts', null, facts.filter(([, value]) => value).map(([name, value]) => [h('dt', null, name), h('dd', null, value)])));
}
