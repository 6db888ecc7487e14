/** An episode in full, read from its block. */
async function episodePage(i, filters) {
  const known = entry(i);
  const [block, domain] = await Promise.all([chunk(known.chunk), domainAt(known.domain)]);
  const episode = block.episodes.find(candidate => candidate.id === known.id);
  const task = block.tasks[known.taskPlace];
  return [
    h('header.episode-head', null,
      h('button.quiet.back', { type: 'button', onclick: () => go('trajectories', null, filters) }, '← List'),
      h('div.episode-title', null,
        badge(known.kept ? 'kept' : 'rejected', known.kept ? 'good' : 'bad'),
        h('h1', null, shortId(known.id)),
        h('span.note', null, `${domain.name} · trial ${known.trial + 1} of ${known.task.episodes} · its task is ${known.task.band}: ${number(known.task.passed)} of ${plural(known.task.trials, 'trial')} passed`)),
      !known.kept && h('p.verdict', null,
        h('span.strong', null, stageTitles[known.stage] ?? words(known.stage)), ' → ', h('span.strong', null, words(known.reason)),
        h('span.sub', null, `${words(known.attribution)}’s fault`), h('span.detail', null, episode.detail)),
      episode.faults.length > 0 && h('ul.faults', { 'aria-label': 'Injected mistakes' }, episode.faults.map(fault => h('li', null,
        badge(`injected: ${words(fault.kind)}`, 'warn'), ' ', fault.goldCall !== undefined && h('span.faint', null, `at gold step ${fault.goldCall + 1} `), fault.detail))),
      episode.toolFault && h('ul.faults', { 'aria-label': 'Tool that failed' }, h('li', null, badge(`tool ${words(episode.toolFault.kind)}`, 'warn'), ' ', h('code', null, episode.toolFault.tool), ' ',
        h('span.faint', null, episode.toolFault.times ? `failed ${plural(episode.toolFault.times, 'time')}` : 'never worked')))),
    stateCard(episode, task),
    h('div.beside', null, chat(episode), h('div.aside', null, goldCard(task, episode.faults), lineage(known, episode, task, domain), factsOf(episode))),
  ];
}

/** Document → tool → domain → environment → task → episode. */
function lineage(known, episode, task, domain) {
  const used = report.index.tools[known.i].map(place => domain.tools[place]);
  const documents = new Map(used.map(tool => [tool.documentHash, tool]));
  const rung = (name, ...of) => h('li', null, h('span.rung', null, name), h('div', null, of));
  return h('section.card', { 'aria-label': 'Lineage' }, h('header.card-head', null, h('h2', null, 'Lineage')), h('ol.lineage', null,
    rung(documents.size === 1 ? 'Document' : 'Documents', [...documents.values()].map(tool => h('p', null, tool.document, ' ', h('code', { title: tool.documentHash }, tool.documentHash.slice(0, 10))))),
    rung(used.length === 1 ? 'Tool' : 'Tools', h('div.chips', null, used.map(tool => h('code.chip', { title: tool.id }, tool.name)))),
    rung('Domain', h('p', null, domain.name, ' ', h('code', null, shortId(domain.domain)))),
    rung('Environment', h('a', { href: address('domains', domain.id) }, h('code', null, domain.id))),
    rung('Task', h('p', null, h('code', null, task.id)), h('p.note', null, `${plural(task.initialChanges, 'row')} changed before it began · seed ${task.seed}`)),
    rung('Episode', h('p', null, h('code', null, known.id)), h('p.note', null, `seed ${episode.seed}`))));
}

function factsOf(episode) {
  const usage = episode.usage;
  const part = (name, holds) => [h('dt', null, name), h('dd', null, badge(holds ? 'yes' : 'no', holds ? 'good' : 'plain'))];
  return h('section.card', { 'aria-label': 'Reward and models' }, h('header.card-head', null, h('h2', null, 'Reward')), h('dl.facts', null,
    part('State is gold’s', episode.reward.state), part('Calls are gold’s, strictly', episode.reward.match), part('Facts reached the user', episode.reward.outputs),
    h('dt', null, 'User'), h('dd', null, episode.models.user), h('dt', null, 'Agent'), h('dd', null, episode.models.agent),
    usage && [h('dt', null, 'Tokens'), h('dd', null, `${number(usage.user.inputTokens + usage.agent.inputTokens)} in, ${number(usage.user.outputTokens + usage.agent.outputTokens)} out`)]));
}

/** The view of trajectories: filters, list, and the one that is open. It stays while filters change, so that nothing jumps. */
class TrajectoriesView {
  constructor() {
    this.list = new EpisodeList(i => this.openAt(i));
    this.detail = h('div.detail', { tabindex: -1, 'aria-label': 'Trajectory', role: 'region' });
    this.count = h('p.count', { role: 'status' });
    this.search = h('input', { type: 'search', placeholder: 'Search intents, tools, ids', 'aria-label': 'Search intents, tools, ids', id: 'search', autocomplete: 'off', spellcheck: 'false', oninput: () => this.typed() });
    this.selects = Object.fromEntries(Object.entries(filterWords).map(([name, { title }]) => [name,
      h('select', { 'aria-label': title, id: `filter-${name}`, onchange: event => this.setFilter(name, event.target.value) },
        h('option', { value: '' }, `${title}: any`), choices(name).map(([word, text]) => h('option', { value: word }, `${title}: ${text}`)))]));
    this.clear = h('button.quiet', { type: 'button', id: 'clear', onclick: () => go('trajectories', this.at.id, {}, true) }, 'Clear');
    this.node = h('div.split', null,
      h('div.master', null,
        h('h1.unseen', null, 'Trajectories'),
        h('div.filters', null, h('div.search', null, this.search, h('kbd', { 'aria-hidden': 'true' }, '/')),
          h('details.filter-fold', { open: true }, h('summary', null, 'Filters'), h('div.filter-grid', null, Object.values(this.selects))),
          h('div.count-line', null, this.count, this.clear)),
        this.list.node),
      this.detail);
    this.shown = null;
  }

  setFilter(name, word) {
    go('trajectories', this.at.id, { ...this.at.filters, [name]: word }, true);
  }

  /** Filters once the typing pauses: browsers let an address change only so often. */
  typed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.setFilter('q', this.search.value), 120);
  }

  /** Opens an episode; going from one to the next is one step of the way back. */
  openAt(i) {
    go('trajectories', report.index.ids[i], this.at.filters, this.at.id !== null);
  }

  async update(at) {
    const filtersChanged = !this.at || JSON.stringify(this.at.filters) !== JSON.stringify(at.filters);
    this.at = at;
    const open = at.id === null ? -1 : report.index.ids.indexOf(at.id);
    if (filtersChanged) {
      for (const [name, select] of Object.entries(this.selects)) {
        select.value = at.filters[name] ?? '';
        select.classList.toggle('set', Boolean(at.filters[name]));
      }

      if (this.search.value !== (at.filters.q ?? '')) {
        this.search.value = at.filters.q ?? '';
      }

      const found = matching(at.filters);
      this.count.textContent = found.length === report.index.ids.length ? plural(found.length, 'trajectory', 'trajectories') : `${number(found.length)} of ${number(report.index.ids.length)}`;
      this.clear.hidden = Object.values(at.filters).every(word => !word);
      this.list.set(found, open < 0 ? null : open);
    } else if (open >= 0 && this.list.places[this.list.at] !== open) {
      this.list.choose(this.list.places.indexOf(open));
    }

    this.node.classList.toggle('opened', at.id !== null);
    await this.showDetail(at, open);
  }

  async showDetail(at, open) {
    if (this.shown === at.id && at.id !== null) {
      return;
    }

    this.shown = at.id;
    if (at.id === null) {
      show(this.detail, h('div.empty.tall', null, h('p', null, 'Choose a trajectory.'), h('p.note', null, h('kbd', null, 'j'), ' ', h('kbd', null, 'k'), ' move, ', h('kbd', null, 'Enter'), ' opens, ', h('kbd', null, '/'), ' searches.')));
      return;
    }

    const page = open < 0
      ? [h('div.empty.tall', null, h('p', null, `${at.id} is not in this report.`), h('p.note', null, 'It may have been left out to keep the file small: the overview says how many are shown.'))]
      : await episodePage(open, at.filters);
    if (this.shown === at.id) {
      show(this.detail, page);
      this.detail.scrollTop = 0;
    }
  }
}
