/** Gold beside the conversation: what the user wants, the calls that prove it, where each argument comes from. */
function goldCard(task, faults) {
  return h('section.card.gold', { 'aria-label': 'Gold' },
    h('header.card-head', null, h('h2', null, 'Gold'), h('p.note', null, `${plural(task.requests.length, 'request')}, ${plural(task.gold.length, 'call')}`)),
    task.requests.map(request => h('div.request', null,
      h('p.request-text', null, request.text),
      request.condition && h('p.note', null, `decided by ${request.condition.path} of step ${request.condition.call + 1}: ${request.condition.value} ${request.condition.holds ? 'stands there' : 'does not stand there'}`),
      h('ol.steps', { start: request.firstCall + 1 }, task.gold.slice(request.firstCall, request.firstCall + request.calls).map((call, i) => goldStep(call, request.firstCall + i, faults))),
      request.requiredOutputs.length > 0 && h('p.outputs', null, h('span.faint', null, 'must be said: '), request.requiredOutputs.map(output => h('span.chip', null, output.text))))));
}

function goldStep(call, place, faults) {
  const fault = faults.find(injected => injected.goldCall === place);
  return h('li.step', { value: place + 1 },
    h('details', null,
      h('summary', null, h('code.tool-name', null, call.tool), call.writes && badge('write', 'warn'), fault && badge(words(fault.kind), 'bad')),
      h('div.step-body', null,
        Object.keys(call.arguments).length > 0 && h('table.arguments', null, h('caption.unseen', null, `Arguments of ${call.tool}`), h('tbody', null, Object.entries(call.arguments).map(([name, argument]) => h('tr', null,
          h('th', { scope: 'row' }, name), h('td', null, h('code', null, typeof argument === 'string' ? argument : JSON.stringify(argument)), h('span.sub', null, originOf(call, name))))))),
        json(call.result))),
    Object.keys(call.arguments).length > 0 && h('span.step-brief', null, brief(call.arguments)));
}

function originOf(call, name) {
  const origin = call.origins.find(known => known.parameter === name);
  switch (origin?.kind) {
    case 'user': return 'the user says it';
    case 'state': return `looked up in step ${origin.step + 1}: ${origin.path}`;
    case 'output': return `from step ${origin.step + 1}: ${origin.path}`;
    case 'constant': return 'the schema allows no other';
    default: return '';
  }
}

/** Arguments in one line. */
function brief(args) {
  return args && typeof args === 'object' ? Object.entries(args).map(([name, argument]) => `${name}: ${typeof argument === 'string' ? argument : JSON.stringify(argument)}`).join(', ') : String(args ?? '');
}
