const rowHeight = 80, overscan = 6;

/** A list of which only the rows in sight exist, so that its length costs nothing. */
class EpisodeList {
  constructor(open) {
    this.open = open;
    this.places = [];
    this.at = -1;
    this.rows = new Map();
    this.space = h('div.list-space');
    this.node = h('div.list', {
      tabindex: 0, role: 'listbox', 'aria-label': 'Trajectories', id: 'list',
      onscroll: () => this.draw(), onclick: event => this.click(event), onkeydown: event => this.key(event),
    }, this.space);
    this.empty = h('div.empty', null, h('p', null, 'No trajectory is like that.'), h('p.note', null, 'Take a filter away, or search for less.'));
    new ResizeObserver(() => this.draw()).observe(this.node);
  }

  /** Shows other episodes; the one that was chosen stays chosen if it is among them. */
  set(places, chosen) {
    this.places = places;
    this.at = chosen === null ? -1 : places.indexOf(chosen);
    this.rows.clear();
    this.space.replaceChildren();
    this.space.style.height = `${places.length * rowHeight}px`;
    this.node.classList.toggle('is-empty', places.length === 0);
    places.length === 0 ? this.node.append(this.empty) : this.empty.remove();
    this.node.scrollTop = 0;
    this.reveal();
    this.draw();
  }

  /** Chooses a row by its place in the list, without opening it. */
  choose(at) {
    if (this.places.length > 0) {
      this.at = Math.max(0, Math.min(this.places.length - 1, at));
      this.reveal();
      this.draw();
    }
  }

  reveal() {
    if (this.at < 0) {
      return;
    }

    const top = this.at * rowHeight, { scrollTop, clientHeight } = this.node;
    if (top < scrollTop) {
      this.node.scrollTop = top;
    } else if (clientHeight > 0 && top + rowHeight > scrollTop + clientHeight) {
      this.node.scrollTop = top + rowHeight - clientHeight;
    }
  }

  draw() {
    const { scrollTop, clientHeight } = this.node;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
    const last = Math.min(this.places.length, Math.ceil((scrollTop + clientHeight) / rowHeight) + overscan);
    for (const [at, row] of this.rows) {
      if (at < first || at >= last) {
        row.remove();
        this.rows.delete(at);
      }
    }

    for (let at = first; at < last; at++) {
      let row = this.rows.get(at);
      if (!row) {
        this.rows.set(at, row = this.row(at));
        this.space.append(row);
      }

      row.setAttribute('aria-selected', String(at === this.at));
    }

    if (this.at >= 0) {
      this.node.setAttribute('aria-activedescendant', `row-${this.at}`);
    } else {
      this.node.removeAttribute('aria-activedescendant');
    }
  }

  row(at) {
    const episode = entry(this.places[at]);
    return h('div.row', {
      id: `row-${at}`, role: 'option', 'data-at': at, 'aria-setsize': this.places.length, 'aria-posinset': at + 1, vars: { '--top': `${at * rowHeight}px` },
    },
      h(`span.dot.${episode.kept ? 'good' : 'bad'}`, { title: episode.kept ? 'kept' : 'rejected' }),
      h('span.row-intent', null, episode.task.intent),
      h('span.row-facts', null,
        episode.kept ? h('span.good-text', null, 'kept') : h('span.bad-text', null, words(episode.reason)),
        h('span.row-domain', null, report.names[episode.domain]),
        h('span', null, `trial ${episode.trial + 1}`),
        h('span', null, plural(episode.calls, 'call')),
        h('span', null, episode.task.band),
        episode.errors > 0 && h('span.warn-text', null, plural(episode.errors, 'error'))));
  }

  click(event) {
    const row = event.target.closest('.row');
    if (row) {
      this.choose(Number(row.dataset.at));
      this.open(this.places[this.at]);
    }
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.node.clientHeight / rowHeight) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in moves && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      this.choose(moves[event.key] === Infinity ? this.places.length - 1 : Math.max(0, this.at + moves[event.key]));
    } else if (event.key === 'Enter' && this.at >= 0) {
      event.preventDefault();
      this.open(this.places[this.at]);
    }
  }
}
