package db

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
)

// Topic names a thing that can change: its kind and its id.
type Topic struct{ Kind, ID string }

// Change says that something about a thing changed. Nr grows from each change of
// the installation to the next; with it one that is heard twice is told once. A
// Nr of 0 is always told, and an empty ID is any thing of the kind.
type Change struct {
	Topic
	Nr int64
}

// Changed tells those who watch the thing, on every node, when the transaction has
// been committed; when it rolls back nobody is told.
func (tx *Tx) Changed(c Change) { tx.changes = append(tx.changes, c) }

// Changes tells who watches a thing that something about it changed, never what: who
// is told reads the thing anew, so that each sees what he may see. On SQLite it tells
// what this process changes. On PostgreSQL every node tells of all nodes' changes: one
// connection listens from the first Watch on, and while it is broken changes are looked
// for each second.
type Changes struct {
	logger *slog.Logger
	mu     sync.Mutex
	topics map[Topic]*watched
	since  Since

	// On PostgreSQL.
	connect func(ctx context.Context) (ear, error) // nil on SQLite
	start   sync.Once
	stop    context.CancelFunc
	stopped chan struct{}
	hears   bool
	after   int64 // the newest change that was heard of; only the listener uses it
}

// watched are those who watch a thing, and the newest change they were told of.
type watched struct {
	newest  int64
	watches map[*Watch]struct{}
}

// Since answers the changes after a number, and the newest number there is.
type Since func(ctx context.Context, after int64) (changes []Change, newest int64, err error)

// Watch is told of changes of its topics.
type Watch struct {
	// C has something to read when a topic may have changed since C was read last.
	C      <-chan struct{}
	c      chan struct{}
	topics []Topic
	of     *Changes
}

func newChanges(l *slog.Logger) *Changes {
	return &Changes{logger: l, topics: map[Topic]*watched{}, after: -1, stopped: make(chan struct{})}
}

// Changes is what tells of changes of this database.
func (d *DB) Changes() *Changes { return d.changes }

// PollBy sets how changes are looked for while a node does not hear of them. Without it
// all who watch are told each second that something may have changed.
func (c *Changes) PollBy(s Since) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.since = s
}

// Watch begins to watch the topics. What changes from now on is told; who has read the
// thing before reads it once more. Close ends it.
func (c *Changes) Watch(topics ...Topic) *Watch {
	w := &Watch{c: make(chan struct{}, 1), topics: topics, of: c}
	w.C = w.c
	c.mu.Lock()
	for _, t := range topics {
		if c.topics[t] == nil {
			c.topics[t] = &watched{watches: map[*Watch]struct{}{}}
		}
		c.topics[t].watches[w] = struct{}{}
	}
	c.mu.Unlock()
	if c.connect != nil {
		c.start.Do(c.listen)
	}
	return w
}

// Close ends the watch.
func (w *Watch) Close() {
	w.of.mu.Lock()
	defer w.of.mu.Unlock()
	for _, t := range w.topics {
		if x := w.of.topics[t]; x != nil {
			if delete(x.watches, w); len(x.watches) == 0 {
				delete(w.of.topics, t)
			}
		}
	}
}

// Watched is how many topics somebody watches.
func (c *Changes) Watched() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.topics)
}

// Hears reports whether this node hears of other nodes' changes as they are made. On
// SQLite there are none, and it is true.
func (c *Changes) Hears() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.connect == nil || c.hears
}

func (w *Watch) tell() {
	select {
	case w.c <- struct{}{}:
	default: // it has not read the last one yet, and reads the thing after this
	}
}

// tell tells of changes that have been committed.
func (c *Changes) tell(list []Change) {
	if len(list) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, x := range list {
		if x.ID != "" {
			c.topics[x.Topic].tell(x.Nr)
			continue
		}
		for t, w := range c.topics {
			if t.Kind == x.Kind {
				w.tell(x.Nr)
			}
		}
	}
}

func (x *watched) tell(nr int64) {
	if x == nil || nr > 0 && nr <= x.newest {
		return
	}
	x.newest = max(x.newest, nr)
	for w := range x.watches {
		w.tell()
	}
}

// tellAll tells everybody that something may have changed.
func (c *Changes) tellAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, x := range c.topics {
		x.tell(0)
	}
}

// mostTold is how many things one transaction tells of; when it changes more, such as
// an import, it tells of their kinds.
const mostTold = 40

// gathered are the changes of a transaction, each thing once, in the order that things
// were changed first.
func gathered(list []Change) []Change {
	out := once(list)
	if len(out) <= mostTold {
		return out
	}
	for i := range out {
		out[i].ID = ""
	}
	return once(out)
}

func once(list []Change) []Change {
	at := map[Topic]int{}
	var out []Change
	for _, x := range list {
		i, there := at[x.Topic]
		if !there {
			at[x.Topic] = len(out)
			out = append(out, x)
			continue
		}
		out[i].Nr = max(out[i].Nr, x.Nr)
	}
	return out
}

// payload writes changes as one text, and heard reads it. Kinds and ids have no spaces;
// what has is told by its kind.
func payload(list []Change) string {
	var b strings.Builder
	for _, x := range list {
		if strings.ContainsAny(x.ID, " \n") {
			x.ID = ""
		}
		b.WriteString(x.Kind + " " + x.ID + " " + strconv.FormatInt(x.Nr, 10) + "\n")
	}
	return b.String()
}

func heard(s string) []Change {
	var out []Change
	for line := range strings.Lines(s) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		if len(part) != 3 {
			continue // not ours
		}
		nr, err := strconv.ParseInt(part[2], 10, 64)
		if err != nil {
			continue
		}
		out = append(out, Change{Topic{part[0], part[1]}, nr})
	}
	return out
}
