package gate

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Live is a page whose readers are told, while they look at it, that what it shows has
// changed. They are told that and nothing else; the browser fetches the part of the
// page anew, so that each sees what he may see.
type Live struct {
	// Page is the page's path, Path where its readers listen.
	Page, Path string
	Rule       Rule
	// Look answers what a reader of the page watches. Its error is the page's own: who
	// may not read the page is told nothing.
	Look func(r *http.Request, actor access.Actor) (Seen, error)
}

// Seen is what a live page shows: the thing that it is about, and a mark, which is
// another when something that the page shows has changed.
type Seen struct {
	Thing db.Topic
	Mark  string
}

// MarkParam is the parameter of a listening address with the mark of what the page
// showed when it was made, so that nothing that happens in between is lost.
const MarkParam = "sett"

// The events of a live page. When it has ended there is nothing more to listen for.
const (
	eventChanged = "changed"
	eventEnd     = "end"
)

// How a node tells: a sign of life each beat, when it is also asked whether the reader
// still may read; at most one event each pace; how long a browser waits before it comes
// back; and how many may listen at once, for an account, for an address of visitors and
// in all.
const (
	liveBeat    = 20 * time.Second
	livePace    = 200 * time.Millisecond
	liveAgain   = 2 * time.Second
	perAccount  = 12
	perAddress  = 250
	mostOnANode = 2000
)

// listeners counts who listens.
type listeners struct {
	mu    sync.Mutex
	of    map[string]int
	all   int
	ended bool
	end   chan struct{}
}

func (l *listeners) enter(who string, most int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended || l.all >= mostOnANode || l.of[who] >= most {
		return false
	}
	l.of[who]++
	l.all++
	return true
}

func (l *listeners) leave(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.of[who]--; l.of[who] == 0 {
		delete(l.of, who)
	}
}

// EndLive lets everybody who listens go, and nobody in any more: the program is about
// to end, and would wait for them.
func (d *Door) EndLive() {
	d.listening.mu.Lock()
	defer d.listening.mu.Unlock()
	if !d.listening.ended {
		d.listening.ended = true
		close(d.listening.end)
	}
}

// Listening is how many listen to live pages.
func (d *Door) Listening() int {
	d.listening.mu.Lock()
	defer d.listening.mu.Unlock()
	return d.listening.all
}

// Lives registers where live pages are listened to.
func (d *Door) Lives(list ...Live) {
	for _, l := range list {
		d.note(http.MethodGet, l.Path, l.Rule)
		d.live[http.MethodGet+" "+l.Path], d.livePages[http.MethodGet+" "+l.Page] = true, true
		d.mux.HandleFunc(http.MethodGet+" "+l.Path, func(w http.ResponseWriter, r *http.Request) { d.listen(w, r, l) })
	}
}

// IsLive reports whether the request listens to a live page, or fetches its parts anew:
// such requests come in great numbers at once and are not counted against an address.
func (d *Door) IsLive(r *http.Request) bool {
	_, pattern := d.mux.Handler(r)
	return d.live[pattern] || d.livePages[pattern] && web.IsFragment(r)
}

// look is who asks and what he watches, asked anew each time.
func (d *Door) look(r *http.Request, l Live) (access.Actor, Seen, error) {
	actor, err := d.Identify(r)
	if err == nil && !l.Rule.Allows(actor) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return actor, Seen{}, err
	}
	seen, err := l.Look(r, actor)
	return actor, seen, err
}

func (d *Door) listen(w http.ResponseWriter, r *http.Request, l Live) {
	actor, seen, err := d.look(r, l)
	if err != nil {
		d.ShowError(w, r, actor, err)
		return
	}
	who, most := "account "+string(actor.Account), perAccount
	if !actor.SignedIn() {
		who, most = "address ", perAddress
		if d.Address != nil {
			who += d.Address(r)
		}
	}
	if !d.listening.enter(who, most) {
		d.ShowError(w, r, actor, fault.New(fault.TooMany, "fault.too_many"))
		return
	}
	defer d.listening.leave(who)
	watch := d.DB.Changes().Watch(seen.Thing)
	defer watch.Close()
	stream, err := web.NewStream(w, liveAgain)
	if err != nil {
		return // the reader has left
	}
	known := r.Header.Get("Last-Event-ID")
	if known == "" {
		known = r.URL.Query().Get(MarkParam)
	}
	d.tell(r, l, stream, watch, known)
}

// tell tells of each change until the reader leaves, may not read any more, or the
// program ends. known is the mark of what the reader has.
func (d *Door) tell(r *http.Request, l Live, stream *web.Stream, watch *db.Watch, known string) {
	beat := time.NewTicker(d.beat())
	defer beat.Stop()
	for {
		// Looked at after the watch began, so that no change falls between.
		_, seen, err := d.look(r, l)
		if err != nil || d.StillIn != nil && !d.StillIn(r) {
			_ = stream.Send(eventEnd, known) // he may have left meanwhile
			return
		}
		if seen.Mark != known {
			known = seen.Mark
			if stream.Send(eventChanged, known) != nil {
				return
			}
		}
		select { // what comes close after is told together
		case <-r.Context().Done():
			return
		case <-time.After(livePace):
		}
		select {
		case <-r.Context().Done():
			return
		case <-d.listening.end:
			return
		case <-watch.C:
		case <-beat.C:
			if stream.Beat() != nil {
				return
			}
		}
	}
}

func (d *Door) beat() time.Duration {
	if d.Beat > 0 {
		return d.Beat
	}
	return liveBeat
}

// Follow is the part of a live page that listens: at path, from the mark that was read
// before what the page shows. tell is empty for a page whose parts are put in anew.
func (d *Door) Follow(r *http.Request, path, mark, tell string) ui.Live {
	t := d.Printer(r)
	return ui.Live{Address: path + "?" + url.Values{MarkParam: {mark}}.Encode(), Reload: ui.Link{Label: t.T("live.reload"), Href: r.URL.Path},
		Following: t.T("live.following"), Updated: t.T("live.updated"), Lost: t.T("live.lost"), Ended: t.T("live.ended"), Tell: tell}
}

// LivePages are the pages that can be listened to, for tests.
func (d *Door) LivePages() []string {
	var out []string
	for p := range d.livePages {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
