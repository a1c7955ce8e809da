// Package costweb is the pages of what a programme costs an employer: the answer
// with a form, the same as a paper and as JSON, and the rates it is counted by.
package costweb

import (
	"context"
	"embed"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/cost"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// Files are the page and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Papers are the templates of the paper.
//
//go:embed paper/*.md
var Papers embed.FS

// CostPaper is the answer as a paper.
func CostPaper() paper.Kind {
	return paper.Kind{Name: "kostnad", Files: Papers, Values: []string{"title", "provider", "address", "lacking"}, Blocks: []string{"asked", "table", "ways", "rates"}}
}

// Deps is what the pages need.
type Deps struct {
	Cost   *cost.Service
	Supply *supply.Service
	Orgs   *org.Service
	Places *place.Register
	Clock  clock.Clock
	Shelf  *paperview.Shelf
	// PublicURL begins the addresses that leave the site; no slash at its end.
	PublicURL string
}

type pages struct {
	Deps
	door      *gate.Door
	addresses address.Reader
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d, addresses: address.Reader{Places: deps.Places, Clock: deps.Clock}}
	d.Views.Add("cost", Files, "show", showView{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/tilbud/{id}/kostnad", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/kostnad/satser", Rule: gate.Public(), Handle: p.rates},
	)
	deps.Shelf.Pages("/tilbud/{id}/kostnad/ark", gate.Public(), p.paper)
	leaf.Forms(d, gate.Roles(access.RoleCaseOfficer), map[string]leaf.Maker{"/kostnad/satser/{code}": p.rateForm})
	d.Says("cost.said.rate")
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/programmes/{id}/cost", Rule: gate.Public(), ID: "get-programme-cost",
		Summary: "What the programme costs an employer: on campus, with gatherings and at the workplace", Tags: []string{"supply"}}, p.apiCost)
}

// Link leads from an offering to what it costs.
func Link(t i18n.Printer, o *offer.Offering) ui.Link {
	return ui.Link{Label: t.T("cost.link"), Href: path(o.Programme) + "?" + url.Values{"offering": {string(o.ID)}}.Encode()}
}

func path(programme offer.ProgrammeID) string { return "/tilbud/" + string(programme) + "/kostnad" }

func (p *pages) speaker(r *http.Request) say.Speaker {
	return say.Speaker{Printer: p.door.Printer(r), Places: p.Places}
}

// programme is the programme that the address is about, with where its provider is.
func (p *pages) programme(ctx context.Context, actor access.Actor, written string) (supply.Details, place.Number, error) {
	programme, err := id.Parse[offer.Programme](written)
	if err != nil {
		return supply.Details{}, "", fault.Missing()
	}
	d, err := p.Supply.Programme(ctx, actor, programme)
	if err != nil {
		return supply.Details{}, "", err
	}
	provider, err := p.Orgs.Get(ctx, d.Provider)
	return d, place.Number(provider.Municipality), err
}

// read is what the address asks, with what a reader need not say filled in.
func (p *pages) read(in *form.Input) cost.In {
	out := cost.In{Seats: in.Int("seats"), From: p.addresses.Municipality(in, "from"), On: in.Date("on"), PerCar: 1, Participant: in.Bool("participant"),
		CampusDays: in.Int("campus_days"), Own: map[cost.Code]int64{}, Mode: cost.Mode(in.Choice("mode", string(cost.Car), string(cost.Tickets)))}
	if offering, err := id.Parse[offer.Offering](in.Text("offering")); err == nil {
		out.Offering = offering
	}
	if in.Text("from") == "" {
		in.Refuse("from", "form.error.required")
	}
	if out.On.IsZero() {
		out.On = p.Clock.Today()
	}
	if out.Mode == "" {
		out.Mode = cost.Car
	}
	if in.Text("per_car") != "" {
		out.PerCar = in.Int("per_car")
	}
	if in.Text("hour") != "" {
		v := in.Money("hour")
		out.Hour = &v
	}
	if in.Text("fare") != "" {
		v := in.Money("fare")
		out.Fare = &v
	}
	if in.Text("home_days") != "" {
		v := in.Int("home_days")
		out.HomeDays = &v
	}
	for _, c := range cost.Codes() {
		if in.Text(string(c)) != "" {
			out.Own[c] = int64(in.Money(string(c)))
		}
	}
	return out
}

// asked reads what the address asks and answers it; what is wrong is Invalid, of
// the whole address at once.
func (p *pages) asked(ctx context.Context, d supply.Details, home place.Number, values url.Values) (answer, error) {
	in := form.Read(values)
	ask := p.read(in)
	var fs fault.Fields
	if err := fs.AddErr(in.Err()); err != nil {
		return answer{}, err
	}
	if err := fs.AddErr(ask.Check()); err != nil {
		return answer{}, err
	}
	if err := fs.Err(); err != nil {
		return answer{}, err
	}
	all, err := p.Cost.Rates(ctx)
	if err != nil {
		return answer{}, err
	}
	out := answer{In: ask, rates: cost.Holding(all, ask.On)}
	for _, c := range cost.Cases(d, home, ask, p.Places) {
		out.ways = append(out.ways, way{Case: c, Result: cost.Compute(ask, c, out.rates)})
	}
	return out, nil
}

// answer is what was asked, and what each way costs.
type answer struct {
	cost.In
	rates cost.Rates
	ways  []way
}

type way struct {
	cost.Case
	cost.Result
}

// offered reports whether any way can be counted.
func (a answer) offered() bool {
	for _, w := range a.ways {
		if w.Offered() {
			return true
		}
	}
	return false
}
