// Package councilweb has the pages of councils: the agreement and its checklist, the
// fee, withdrawal and duties. What it shows is open to all but drafts; the body's
// secretary changes it, and offices of a member write for their own municipality.
package councilweb

import (
	"embed"

	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/council/member"
	"kompetansetorg/internal/room/meeting"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Councils *council.Service
	Members  *member.Service
	Duties   *duty.Service
	Bodies   *meeting.Service
	Orgs     *org.Service
	Clock    clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("council", Files, "form", formView{})
	d.Views.Add("council", Files, "agreement", agreementView{})
	d.Views.Add("council", Files, "compare", compareView{})
	d.Views.Add("council", Files, "check", checkView{})
	d.Views.Add("council", Files, "fee", feeView{})
	d.Views.Add("council", Files, "withdraw", withdrawView{})
	d.Views.Add("council", Files, "duties", dutiesView{})
	open := func(path string, h gate.Handler) gate.Route {
		return gate.Route{Method: "GET", Path: path, Rule: gate.Public(), Handle: h}
	}
	routes := []gate.Route{
		open("/organ/{id}/avtale", p.agreement), open("/organ/{id}/avtale/sammenlign", p.compare), open("/organ/{id}/avtale/sjekk", p.check),
		open("/organ/{id}/kontingent", p.fee), open("/organ/{id}/kontingent/grunnlag.csv", p.invoiceCSV), open("/organ/{id}/kontingent/grunnlag.xlsx", p.invoiceXLSX),
		open("/organ/{id}/uttreden", p.withdraw), open("/organ/{id}/plikter", p.duties),
		{Method: "GET", Path: "/plikter/{task}", Rule: gate.SignedIn(), Handle: p.task},
		{Method: "POST", Path: "/organ/{id}/uttreden", Rule: gate.SignedIn(), Handle: p.withdrawPost},
	}
	// Who is secretary of a body, or speaks for a member, may have no role: the use
	// cases decide.
	for path, make := range map[string]maker{
		"/organ/{id}/avtale/ny": p.begin, "/avtaler/{id}/rediger": p.head, "/avtaler/{id}/paragraf": p.paragraph, "/avtaler/{id}/paragraf/{nr}": p.paragraph,
		"/avtaler/{id}/paragraf/{nr}/ta-ut": p.takeOut, "/avtaler/{id}/vedtak": p.send, "/avtaler/{id}/svar": p.answer, "/avtaler/{id}/gi-opp": p.drop,
		"/avtaler/{id}/sjekk": p.theirs, "/avtaler/{id}/sjekk/{point}": p.point,
		"/organ/{id}/kontingent/ny": p.fixFee, "/organ/{id}/kontingent/{fee}/endre": p.changeFee, "/organ/{id}/kontingent/innskudd": p.deposit,
		"/organ/{id}/plikter/ny": p.note, "/organ/{id}/plikter/{matter}/meldt": p.tell, "/organ/{id}/evaluering/{year}": p.evaluated,
	} {
		routes = append(routes, gate.Route{Method: "GET", Path: path, Rule: gate.SignedIn(), Handle: p.get(make)},
			gate.Route{Method: "POST", Path: path, Rule: gate.SignedIn(), Handle: p.post(make)})
	}
	d.Pages(routes...)
	d.Says("council.ok.begun", "council.ok.saved", "council.ok.sent", "council.ok.in_force", "council.ok.answered", "council.ok.dropped", "council.ok.checked", "council.ok.fee_saved", "council.ok.deposit_saved",
		"council.ok.withdrawn", "council.ok.duty_saved")
}

// path is the address of one of the body's pages.
func path(b council.BodyID, more string) string { return councilview.Path(b, more) }

// Cards are the ways into a council's pages from the page of the body; none for a body
// that is no council.
func Cards(t i18n.Printer, d meeting.Details) []ui.Card {
	if d.Kind != meeting.Council {
		return nil
	}
	b := council.BodyID(d.ID)
	return []ui.Card{
		{Title: t.T("council.agreement"), Href: path(b, "/avtale"), Text: t.T("council.agreement.card")},
		{Title: t.T("council.fee"), Href: path(b, "/kontingent"), Text: t.T("council.fee.card")},
		{Title: t.T("council.withdrawal"), Href: path(b, "/uttreden"), Text: t.T("council.withdrawal.card")},
		{Title: t.T("council.duties"), Href: path(b, "/plikter"), Text: t.T("council.duties.card")},
		{Title: t.T("hearing.title"), Href: path(b, "/horinger"), Text: t.T("hearing.card")},
	}
}
