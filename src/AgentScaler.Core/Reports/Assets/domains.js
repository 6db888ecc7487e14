/** All domains, or one in full. */
async function domainsView(at) {
  const { overview } = report;
  const place = overview.environments.findIndex(environment => environment.environment === at.id);
  return place >= 0 ? domainPage(overview.environments[place], await domainAt(place)) : domainList(overview);
}

function domainList(overview) {
  const { environments, rejectedDomains } = overview;
  return [
    h('header.page-head', null, h('div', null, h('h1', null, 'Domains'),
      h('p.lead', null, `${plural(environments.length, 'environment')} were built and audited${rejectedDomains.length ? `; ${plural(rejectedDomains.length, 'domain')} gave none` : ''}.`))),
    environments.length === 0 && h('p.empty', null, 'No domain became an environment.'),
    h('div.grid', null, environments.map((environment, i) => h('a.domain', { href: address('domains', environment.environment) },
      h('span.domain-name', null, environment.domainName),
      h('span.domain-facts', null, `${plural(report.tools[i]?.length ?? 0, 'tool')} · ${plural(environment.tasks, 'task')} · ${plural(environment.counts.episodes, 'episode')}`),
      h('span.domain-share', null, bar(environment.counts.kept / environment.counts.episodes, 'good'), h('span', null, `${number(environment.counts.kept)} kept`))))),
    rejectedDomains.length > 0 && card('Without an environment', null, table([
      { name: 'Domain', of: domain => h('span.strong', null, domain.domainName) },
      { name: 'Id', of: domain => h('code', null, domain.domain) },
      { name: 'Why', wide: true, of: domain => words(domain.reason) },
    ], rejectedDomains, 'Domains without an environment')),
  ];
}

function domainPage(environment, domain) {
  const writes = domain.tools.filter(tool => tool.writes).length;
  const passed = domain.tools.filter(tool => tool.findings.length === 0).length;
  const calls = domain.tools.reduce((sum, tool) => sum + tool.calls, 0);
  return [
    h('header.page-head', null,
      h('div', null, h('p.crumbs', null, h('a', { href: address('domains') }, 'Domains'), ' / '), h('h1', null, domain.name),
        h('p.lead', null, `${plural(domain.tools.length, 'tool')}, ${number(writes)} of them write · `, h('code', null, domain.id), ` · its clock stands at ${domain.now.slice(0, 16).replace('T', ' ')}`)),
      h('a.button', { href: address('trajectories', null, { domain: domain.id }) }, `${plural(environment.counts.episodes, 'trajectory', 'trajectories')} →`)),
    h('div.tiles', null,
      [['Kept', number(environment.counts.kept), `${percent(environment.counts.kept, environment.counts.episodes)} of its episodes`],
        ['Audit', `${number(passed)} / ${number(domain.tools.length)}`, `tools pass, by ${plural(calls, 'call')}`],
        ['Mutants noticed', domain.mutantsMade ? percent(domain.mutantsNoticed, domain.mutantsMade) : '–', `${number(domain.mutantsNoticed)} of ${number(domain.mutantsMade)} changed programs`],
        ['Edges used', `${number(domain.coverage.edgesCovered)} / ${number(domain.coverage.edges)}`, `by ${plural(environment.tasks, 'task')}`],
      ].map(([name, value, note]) => h('div.tile', null, h('span.tile-name', null, name), h('span.tile-value', null, value), h('span.tile-note', null, note)))),
    card('Tool graph', null, toolGraph(domain)),
    card('Schema', 'All its tools share one database.', schemaDiagram(domain.collections)),
    tasksOf(environment, domain),
    card('Tools', null, h('div.tools', null, domain.tools.map(toolRow))),
    domain.toolsRejected.length > 0 && card('Tools left out', null, table([
      { name: 'Tool', of: tool => h('code', null, tool.tool ?? tool.name) },
      { name: 'Reason', of: tool => words(tool.reason) },
      { name: 'Detail', wide: true, of: tool => tool.detail ?? '' },
    ], domain.toolsRejected, 'Tools left out')),
    card('Policy', 'The agent’s system message.', markdown(domain.policy)),
  ];
}

/** The tasks made in it: their lengths, and why the others were dropped. */
function tasksOf(environment, { coverage, tasksDropped, licences }) {
  const dropped = Object.values(tasksDropped).reduce((sum, count) => sum + count, 0);
  return card('Tasks', `${plural(environment.tasks, 'task')}${dropped ? `, and ${number(dropped)} dropped` : ''}`,
    Object.keys(coverage.byLength).length > 0 && [h('h3', null, 'By gold calls'), histogram(coverage.byLength, 'Tasks by gold calls')],
    h('dl.facts', null,
      Object.keys(coverage.byKind).length > 0 && [h('dt', null, 'Kinds'), h('dd', null, reasonList(coverage.byKind))],
      dropped > 0 && [h('dt', null, 'Dropped'), h('dd', null, reasonList(tasksDropped))],
      [h('dt', null, 'Licences'), h('dd', null, licences.join(', ') || 'not stated')]));
}

const deeds = { create: 'adds to', get: 'finds one of', list: 'lists', search: 'searches', update: 'changes', delete: 'removes from', status: 'sets the status of', other: 'works with' };

function toolRow(tool) {
  const broken = tool.rules.filter(rule => rule.verdict === 'unenforced').length;
  return h('details.tool-row', null,
    h('summary', null,
      h('code.tool-name', null, tool.name),
      badge(tool.writes ? 'writes' : 'reads', tool.writes ? 'warn' : 'plain'),
      h('span.tool-kind', null, `${deeds[tool.kind] ?? words(tool.kind)} ${tool.collection || 'no collection'}`),
      h('span.tool-audit', null, tool.findings.length > 0 || broken > 0 ? badge(plural(tool.findings.length + broken, 'finding'), 'bad') : badge(`${number(tool.calls)} calls, no finding`, 'good'))),
    h('div.tool-body', null,
      h('p', null, tool.description),
      h('dl.facts', null,
        tool.endpoint && [h('dt', null, 'Endpoint'), h('dd', null, h('code', null, tool.endpoint))],
        [h('dt', null, 'Document'), h('dd', null, tool.document, ' ', h('code', { title: tool.documentHash }, tool.documentHash.slice(0, 10)), ' ', h('span.faint', null, tool.place))],
        [h('dt', null, 'Licence'), h('dd', null, tool.licence ?? 'not stated')]),
      tool.parameters.length > 0 && h('div.chips', null, tool.parameters.map(parameter => h('span.chip', null, h('code', null, parameter.name), ` ${parameter.type}${parameter.required ? '' : ', optional'}`))),
      tool.findings.map(finding => h('p.finding', null, badge(finding.reason, 'bad'), ' ', finding.detail)),
      tool.rules.length > 0 && h('ul.rules', null, tool.rules.map(rule => h('li', null, badge(words(rule.verdict), rule.verdict === 'unenforced' ? 'bad' : rule.verdict === 'enforced' ? 'good' : 'plain'), ' ', rule.rule, ' ', h('span.faint', null, rule.note))))));
}
