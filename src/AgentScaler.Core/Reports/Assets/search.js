const filterWords = {
  domain: { title: 'Domain' },
  verdict: { title: 'Verdict' },
  stage: { title: 'Stage' },
  reason: { title: 'Reason' },
  fault: { title: 'Injected mistake' },
  difficulty: { title: 'Difficulty' },
  gold: { title: 'Gold' },
};

let haystacks = null;

/** What is searched in an episode: ids, what the user wants, the domain, the tools it called, reason and faults. */
function haystack(i) {
  const { index } = report;
  const task = index.taskList[index.tasks[i]];
  const tools = index.tools[i].map(place => report.tools[index.domains[i]]?.[place] ?? '');
  const reason = index.reasons[i] < 0 ? '' : index.reasonWords[index.reasons[i]];
  return `${index.ids[i]} ${task.id} ${task.intent} ${report.names[index.domains[i]]} ${tools.join(' ')} ${reason} ${index.faults[i].map(place => index.faultWords[place]).join(' ')}`.toLowerCase();
}

/** Places of the episodes that all filters and every word of the search let through. */
function matching(filters) {
  const { index, overview } = report;
  const place = (list, word) => word === undefined ? null : list.indexOf(word);
  const domain = filters.domain ? overview.environments.findIndex(environment => environment.environment === filters.domain) : null;
  const stage = place(index.stageWords, filters.stage), reason = place(index.reasonWords, filters.reason);
  const fault = filters.fault === 'none' ? null : place(index.faultWords, filters.fault);
  const needles = (filters.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (needles.length > 0) {
    haystacks ??= index.ids.map((_, i) => haystack(i));
  }

  const found = [];
  for (let i = 0; i < index.ids.length; i++) {
    const task = index.taskList[index.tasks[i]];
    if ((domain === null || index.domains[i] === domain)
      && (!filters.verdict || (index.stages[i] < 0) === (filters.verdict === 'kept'))
      && (stage === null || index.stages[i] === stage)
      && (reason === null || index.reasons[i] === reason)
      && (filters.fault === 'none' ? index.faults[i].length === 0 : fault === null || index.faults[i].includes(fault))
      && (!filters.difficulty || task.band === filters.difficulty)
      && (!filters.gold || task.readOnly === (filters.gold === 'reads'))
      && needles.every(needle => haystacks[i].includes(needle))) {
      found.push(i);
    }
  }

  return found;
}

/** What each filter can be set to. */
function choices(name) {
  const { index, overview } = report;
  switch (name) {
    case 'domain': return overview.environments.map(environment => [environment.environment, environment.domainName]);
    case 'verdict': return [['kept', 'kept'], ['rejected', 'rejected']];
    case 'stage': return index.stageWords.toSorted().map(word => [word, stageTitles[word] ?? words(word)]);
    case 'reason': return index.reasonWords.toSorted().map(word => [word, words(word)]);
    case 'fault': return [['none', 'none'], ...index.faultWords.toSorted().map(word => [word, words(word)])];
    case 'difficulty': return bands().map(band => [band, band]);
    default: return [['writes', 'writes'], ['reads', 'only reads']];
  }
}
