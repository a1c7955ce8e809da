package outgoing_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/invite"
	"kompetansetorg/internal/site/sitetest"
)

// about lists the letters that the house has kept about meetings, the newest first.
func about(t *testing.T, h *sitetest.House, subject string) []follow.Sent {
	t.Helper()
	var out []follow.Sent
	for after := ""; ; {
		page, err := h.Follow.Written(t.Context(), access.Actor{}, after, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Items {
			if strings.HasPrefix(l.Subject, subject) {
				out = append(out, l)
			}
		}
		if after = page.Next; after == "" {
			return out
		}
	}
}

func drain(t *testing.T, h *sitetest.House) {
	t.Helper()
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// line is the value of a line of a calendar file.
func line(t *testing.T, file, name string) string {
	t.Helper()
	for l := range strings.SplitSeq(file, "\r\n") {
		if v, ok := strings.CutPrefix(l, name+":"); ok {
			return v
		}
	}
	t.Errorf("the calendar file has no %s:\n%s", name, file)
	return ""
}

// Those who sit in the meeting are written to when the agenda is sent, when it is changed
// and when the meeting is cancelled: once each, with the same event in the calendar, and
// nothing of what is closed or only for members.
func TestThoseWhoSitInTheMeetingAreWrittenToOnce(t *testing.T) {
	h := sitetest.New(t)
	path := sent(t, h) // by the program, which is no news
	drain(t, h)
	if got := about(t, h, "Innkalling:"); len(got) != 0 {
		t.Fatalf("%d letters of what the program put in", len(got))
	}
	secretary := room{t, h.As("secretary")}
	resend := func(why string) {
		t.Helper()
		secretary.post(path+"/send-ut", url.Values{"version": {v(detail(t, h, path).Version)}, "why": {why}}, http.StatusSeeOther)
		drain(t, h)
	}
	resend("Rettet")
	first := about(t, h, "Innkalling:")
	seen := map[string]bool{}
	for _, l := range first {
		if seen[l.Address] {
			t.Errorf("%s was written to twice", l.Address)
		}
		seen[l.Address] = true
		if s := l.Body + l.Calendar; strings.Contains(s, "Hemmelig") || strings.Contains(s, "hemmelig-lenke") || !strings.Contains(l.Body, "Personalsak") || !strings.Contains(l.Body, "Buss til samlingene") {
			t.Fatalf("the letter reads:\n%s\n%s", l.Body, l.Calendar)
		}
	}
	if len(first) < 18 {
		t.Fatalf("%d letters, want one to each of 18 seats at least", len(first))
	}
	file := first[0].Calendar
	if line(t, file, "METHOD") != "PUBLISH" || line(t, file, "STATUS") != "CONFIRMED" || !strings.HasPrefix(line(t, file, "UID"), strings.TrimPrefix(path, "/moter/")+"@") {
		t.Errorf("the calendar file:\n%s", file)
	}

	again(t, h, path)
	if n := len(about(t, h, "Innkalling:")); n != len(first) {
		t.Errorf("the work done again wrote %d letters more", n-len(first))
	}
	if _, err := h.Agenda.Add(t.Context(), h.Actor("secretary"), detail(t, h, path).ID, newItem("Ny sak")); err != nil {
		t.Fatal(err)
	}
	resend("En sak til")
	changed := about(t, h, "Endret møte:")
	if len(changed) != len(first) || !strings.Contains(changed[0].Body, "En sak til") || !strings.Contains(changed[0].Body, "Ny sak") {
		t.Errorf("%d letters of the change: %s", len(changed), changed[0].Body)
	}
	if line(t, changed[0].Calendar, "UID") != line(t, file, "UID") || line(t, changed[0].Calendar, "SEQUENCE") <= line(t, file, "SEQUENCE") {
		t.Errorf("the change is another event:\n%s", changed[0].Calendar)
	}
	secretary.post(path+"/avlys", url.Values{"version": {v(detail(t, h, path).Version)}, "why": {"Snøstorm"}}, http.StatusSeeOther)
	drain(t, h)
	cancelled := about(t, h, "Avlyst:")
	if len(cancelled) != len(first) || !strings.Contains(cancelled[0].Body, "Snøstorm") || line(t, cancelled[0].Calendar, "STATUS") != "CANCELLED" {
		t.Errorf("%d letters of the cancellation", len(cancelled))
	}
}

// again lets the work be done once more, as after a crash.
func again(t *testing.T, h *sitetest.House, path string) {
	t.Helper()
	err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		return h.Meetings.Invite(t.Context(), tx, h.Actor("secretary"), session.ID(strings.TrimPrefix(path, "/moter/")))
	})
	if err != nil {
		t.Fatal(err)
	}
	drain(t, h)
}

// A crash in the middle leaves nobody out and nobody with two letters.
func TestInvitationsSurviveACrash(t *testing.T) {
	h := sitetest.New(t)
	path := sent(t, h)
	m, broken := session.ID(strings.TrimPrefix(path, "/moter/")), errors.New("the machine stops")
	deps := h.Invitations.Deps
	left := 15 // in the middle of the second ten, which are written together
	deps.Post = func(ctx context.Context, tx *db.Tx, a access.AccountID, write func(i18n.Lang, string) (follow.Mail, error)) (follow.LetterID, bool, error) {
		if left--; left == 0 {
			return "", false, broken
		}
		return h.Follow.WriteToOffice(ctx, tx, a, write)
	}
	if _, err := invite.New(deps).WriteAll(t.Context(), m); !errors.Is(err, broken) {
		t.Fatalf("err = %v", err)
	}
	some := len(about(t, h, "Innkalling:"))
	if some == 0 {
		t.Fatal("nothing was written before it stopped: the test proves nothing")
	}
	n, err := h.Invitations.WriteAll(t.Context(), m)
	if err != nil || n == 0 {
		t.Fatalf("the rest: %d, %v", n, err)
	}
	seen := map[string]int{}
	for _, l := range about(t, h, "Innkalling:") {
		if seen[l.Address]++; seen[l.Address] > 1 {
			t.Errorf("%s was written to twice", l.Address)
		}
	}
	if len(seen) != some+n {
		t.Errorf("%d were written to, want %d", len(seen), some+n)
	}
}

// The secretary sees who has been told what and when; others have no such page.
func TestTheSecretarySeesWhoHasBeenTold(t *testing.T) {
	h := sitetest.New(t)
	path := sent(t, h)
	secretary := room{t, h.As("secretary")}
	secretary.post(path+"/send-ut", url.Values{"version": {v(detail(t, h, path).Version)}, "why": {"Rettet"}}, http.StatusSeeOther)
	if got := secretary.Get(path + "/innkalt").Text("table"); !strings.Contains(got, "Ikke skrevet ennå") {
		t.Errorf("before the work is done: %s", got)
	}
	drain(t, h)
	p := secretary.Get(path + "/innkalt")
	if got := p.Text("main"); p.Status != http.StatusOK || !strings.Contains(got, "Ordfører") || !strings.Contains(got, "Innkalling") || strings.Contains(got, "@") {
		t.Errorf("the page: %d %s", p.Status, got)
	}
	for _, role := range []string{"", "mayor", "learner"} {
		if got := h.As(role).Get(path + "/innkalt").Status; got == http.StatusOK {
			t.Errorf("%q reads who has been told: %d", role, got)
		}
	}
}

// Who follows the body hears of its meetings and decisions, in words.
func TestWhoFollowsTheBodyHearsOfItsMeetings(t *testing.T) {
	h := sitetest.New(t)
	path := sent(t, h)
	adviser, b := h.As("adviser"), council(t, h)
	room{t, adviser}.post("/varsler/folg", url.Values{"hva": {"object"}, "slag": {"body"}, "ref": {string(b.ID)}, "mode": {"app"}}, http.StatusSeeOther)
	secretary := room{t, h.As("secretary")}
	secretary.post(path+"/rediger", url.Values{"version": {v(detail(t, h, path).Version)}, "day": {h.Today().AddDays(2).String()}, "from": {"11:00"}, "to": {"14:00"}, "place": {"Oppdal"}}, http.StatusSeeOther)
	drain(t, h)
	if got := adviser.Get("/varsler").Text("main"); !strings.Contains(got, "Møtet er flyttet") {
		t.Errorf("the adviser hears: %s", got)
	}
}

func newItem(title string) agenda.NewItem {
	return agenda.NewItem{Kind: session.Other, Content: session.Content{Title: title, Matter: outcome.Ordinary}}
}
