// Blocks of data stand in the page as gzip in base64; each is unpacked when it is first asked for, and the last few are kept.

const MOST_CHUNKS = 12;
const chunks = new Map();

/** Unpacks a block. */
async function block(name) {
  const held = $(`data-${name}`);
  if (!held) {
    throw new Error(`its block “${name}” is missing; the file is not whole`);
  }

  const binary = atob(JSON.parse(held.textContent));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }

  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

/** A block of episodes. */
function chunk(place) {
  let found = chunks.get(place);
  chunks.delete(place);
  found ??= block(`chunk-${place}`);
  chunks.set(place, found);
  if (chunks.size > MOST_CHUNKS) {
    chunks.delete(chunks.keys().next().value);
  }

  return found;
}

const domains = new Map();

/** A domain with its tools, schema and policy. */
function domainAt(place) {
  if (!domains.has(place)) {
    domains.set(place, block(`domain-${place}`));
  }

  return domains.get(place);
}

/** What the page knows at once: the overview, and the list of episodes column by column. */
const report = { overview: null, index: null, tools: [] };

async function readReport() {
  [report.overview, report.index] = await Promise.all([block('overview'), block('index')]);
  report.names = report.overview.environments.map(environment => environment.domainName);
}

/** The tools' names of each domain: for search and filters. */
async function readTools() {
  report.tools = await Promise.all(report.overview.environments.map(async (_, place) => (await domainAt(place)).tools.map(tool => tool.name)));
}

const bandOrder = ['easy', 'medium', 'hard', 'unsolved', 'untried'];

/** The bands of difficulty that occur, from easy to hard. */
function bands() {
  const found = new Set(report.index.taskList.map(task => task.band));
  return bandOrder.filter(band => found.has(band));
}

/** One episode as the list shows it. */
function entry(i) {
  const { index } = report;
  const word = (list, place) => place < 0 ? null : list[place];
  return {
    i,
    id: index.ids[i],
    domain: index.domains[i],
    task: index.taskList[index.tasks[i]],
    taskPlace: index.tasks[i],
    trial: index.trials[i],
    kept: index.stages[i] < 0,
    stage: word(index.stageWords, index.stages[i]),
    reason: word(index.reasonWords, index.reasons[i]),
    attribution: word(index.attributionWords, index.attributions[i]),
    faults: index.faults[i].map(place => index.faultWords[place]),
    calls: index.calls[i],
    errors: index.errors[i],
    chunk: index.chunks[i],
  };
}
