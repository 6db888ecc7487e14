const longestJson = 6000;

/** The conversation: words as they were said, each call with its result folded below it. */
function chat(episode) {
  const results = new Map(episode.messages.filter(message => message.role === 'tool').map(message => [message.toolCallId, message]));
  const facts = new Map(episode.calls.map(call => [call.id, call]));
  const calls = episode.messages.reduce((sum, message) => sum + (message.toolCalls?.length ?? 0), 0);
  const turns = episode.messages.filter(message => message.role !== 'tool').map(message => turn(message, results, facts));
  const body = h('div.turns', null, turns);
  const fold = h('button.quiet', { type: 'button', id: 'fold', 'aria-pressed': 'false', onclick: () => foldCalls(body, fold) }, 'Open all calls');
  return h('section.card.chat', { 'aria-label': 'Conversation' },
    h('header.card-head', null, h('h2', null, 'Conversation'), h('p.note', null, `${plural(turns.length, 'message')}, ${plural(calls, 'call')}`), calls > 0 && fold),
    turns.length === 0 && h('p.empty', null, 'Nobody said anything.'),
    body,
    h('p.end', null, endings[episode.termination] ?? words(episode.termination), episode.failure && `: ${episode.failure}`));
}

const endings = {
  'user-stop': 'The user was content and ended it.', 'maximum-steps': 'The agent used up its steps.', 'tool-errors': 'Too many tool errors in a row.',
  aborted: 'Its attempts hit a limit of the runtime.', 'user-failed': 'The user’s model gave no reply that could be used', 'agent-failed': 'The agent’s model gave no reply that could be used',
};

function foldCalls(body, button) {
  const open = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(open));
  button.textContent = open ? 'Close all calls' : 'Open all calls';
  body.querySelectorAll('details.call').forEach(details => details.open = open);
}

function turn(message, results, facts) {
  return h(`article.turn.${message.role === 'user' ? 'user' : 'assistant'}`, null,
    h('span.who', null, message.role === 'user' ? 'User' : 'Agent'),
    h('div.said', null,
      message.reasoningContent && h('details.reasoning', null, h('summary', null, 'Reasoning'), h('p', null, message.reasoningContent)),
      message.content && h('p.words', null, message.content),
      (message.toolCalls ?? []).map(call => callOf(call, results.get(call.id), facts.get(call.id)))));
}

function callOf(call, result, fact) {
  const outcome = !fact ? badge('not made', 'plain') : fact.isError ? badge(fact.errorCode ?? 'error', 'bad')
    : fact.rowsChanged > 0 ? badge(`${plural(fact.rowsChanged, 'row')} changed`, 'warn') : null;
  return h(fact?.isError ? 'details.call.failed' : 'details.call', null,
    h('summary', null, h('code.tool-name', null, call.name), h('span.call-brief', null, brief(call.arguments)), outcome),
    h('div.call-body', null, h('h4', null, 'Arguments'), json(call.arguments), h('h4', null, 'Result'), result ? json(result.content) : h('p.empty', null, 'It was never answered.')));
}

/** A JSON value, or text that holds one, laid out and coloured; anything else as the text it is. */
function json(of) {
  let text;
  try {
    text = pretty(typeof of === 'string' ? JSON.parse(of) : of);
  } catch {
    text = String(of);
  }

  const node = h('pre.json', { tabindex: 0 });
  coloured(node, text.slice(0, longestJson));
  if (text.length > longestJson) {
    node.append(h('button.quiet', { type: 'button', onclick: () => { node.replaceChildren(); coloured(node, text); } }, `Show all ${number(text.length)} characters`));
  }

  return node;
}

function coloured(node, text) {
  const parts = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
  let last = 0;
  for (const match of text.matchAll(parts)) {
    node.append(text.slice(last, match.index));
    node.append(h(match[2] ? 'span.j-name' : match[1] ? 'span.j-text' : 'span.j-value', null, match[1] ?? match[0]), match[2] ?? '');
    last = match.index + match[0].length;
  }

  node.append(text.slice(last));
}
