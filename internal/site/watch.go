package site

import (
	"context"
	"maps"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
)

// watched is a page or operation whose readers are noted: those with what is
// personal, or may not be open to all. What is open is left out when it is written.
type watched struct {
	act  person.Act
	kind string
	// id is the path value with the thing's id; "id" when it is empty.
	id string
	// closed tells that the page is not open to all even where the thing is.
	closed bool
}

// fileKind is that of an attachment's version; the entry is about the thing it
// belongs to.
const fileKind = "attachment"

// Why readers of a route are not noted.
const (
	notOpen      = "open to all, with nothing about persons"
	notOffers    = "the catalogue, which is open, and a provider's own part of it"
	notCards     = "the toolbox, which is open"
	notOrgs      = "the public register of organisations and who acts for whom; no persons"
	notMeetings  = "meetings, agendas as sent and minutes as published, which are open; what is closed has pages of its own"
	notSigns     = "that a page has changed, and nothing of what it shows; the page itself is watched"
	notCouncils  = "agreements, fees, notices and duties of councils, which are open; a draft has no persons either"
	notForums    = "forums, agreements, input and what partners do, which are open; answers of organisations, which are no persons"
	notBodies    = "bodies, seats, offices and rules, which are open"
	notOut       = "what all may read, and the same to everybody who asks"
	notForms     = "what a form asks, without answers"
	notOwn       = "the reader's own"
	notOwnUpload = "what the reader uploaded and has not confirmed"
	notLink      = "who has the secret link reads what the link is for, without an account"
	notPools     = "pooled needs are open, and each need in one is shown as its own rule says"
	notNumbers   = "numbers only, and small ones are hidden"
	notPlace     = "leads on to the page that is read, which is watched"
	notEmpty     = "a form about nothing yet, or about dates and areas"
	notSystem    = "how the system is set up and runs; no persons"
)

// watches are the watched routes. A test holds them and notWatched against the
// route table: a new route to read from must be in one of the two.
func watches() map[string]watched {
	return together(watchedNeeds(), watchedMeetings(), watchedDevelop(), watchedWorking(), watchedPledges(), watchedThreads(), watchedAdmissions(), watchedMaking(), watchedCentres(), watchedWorkspaces(), watchedGuides(), watchedMeasures())
}

// notWatched are the other routes to read from, with why.
func notWatched() map[string]string {
	return together(notWatchedNeeds(), notWatchedMeetings(), notWatchedWorking(), notWatchedCost(), notWatchedPledges(), notWatchedAdmissions(), notWatchedMaking(), notWatchedWorkspaces(), notWatchedFunnel(), notWatchedCentres(), notWatchedGuides(), notWatchedProjects(), notWatchedMeasures())
}

// together is all of what the themes name; each theme has a file of its own.
func together[V any](themes ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, t := range themes {
		maps.Copy(all, t)
	}
	return all
}

// looked notes that somebody got a watched page.
func (s *Site) looked(r *http.Request, actor access.Actor) {
	w, ok := s.watches[r.Pattern]
	if !ok {
		return
	}
	param := w.id
	if param == "" {
		param = "id"
	}
	thing := object.Ref{Kind: w.kind, ID: r.PathValue(param)}
	switch thing.Kind {
	case "":
		thing = object.Ref{Kind: r.PathValue("kind"), ID: r.PathValue("ref")}
	case fileKind:
		thing = s.fileThing(r.Context(), actor, thing)
	}
	if w.closed {
		s.Looks.NoteClosed(r.Context(), actor, w.act, thing)
		return
	}
	s.Looks.Note(r.Context(), actor, w.act, thing)
}

// fileThing is the thing that a version of an attachment belongs to, or the
// attachment itself when the reader has no such version.
func (s *Site) fileThing(ctx context.Context, actor access.Actor, file object.Ref) object.Ref {
	v, err := s.Attach.Get(ctx, actor, attach.VersionID(file.ID))
	if err != nil {
		return file
	}
	return v.Thing
}
