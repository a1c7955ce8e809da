// Package councilview has what the pages of councils have in common: their addresses and
// the ways between them, and fields of their forms.
package councilview

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/council"
)

// Path is the address of one of the body's pages.
func Path(b council.BodyID, more string) string { return "/organ/" + string(b) + more }

// Body reads the id of the body that the path names.
func Body(r *http.Request) (council.BodyID, error) {
	id, err := council.ParseBodyID(r.PathValue("id"))
	if err != nil {
		return "", fault.Missing()
	}
	return id, nil
}

// Crumbs lead from the list of bodies to the body's page, and on.
func Crumbs(t i18n.Printer, b council.Body, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}, {Label: b.Name, Href: Path(b.ID, "")}}, more...)
}

// Parts are the pages of a council beside each other.
func Parts(t i18n.Printer, b council.BodyID, current string) ui.Tabs {
	out := ui.Tabs{Label: t.T("council.parts")}
	for _, x := range []struct {
		more  string
		label i18n.Key
	}{{"/avtale", "council.agreement"}, {"/kontingent", "council.fee"}, {"/uttreden", "council.withdrawal"}, {"/plikter", "council.duties"}, {"/horinger", "hearing.title"}} {
		out.Items = append(out.Items, ui.Tab{Label: t.T(x.label), Href: Path(b, x.more), Current: x.more == current})
	}
	return out
}

// Keeps is nil for the body's secretary.
func Keeps(is council.Standing) error {
	if is.Keeps {
		return nil
	}
	return council.Denied()
}

// SpeaksFor are the members that the actor may write for.
func SpeaksFor(members []council.Member, may func(access.OrgID) bool) []council.Member {
	var out []council.Member
	for _, m := range members {
		if may(m.Org) {
			out = append(out, m)
		}
	}
	return out
}
