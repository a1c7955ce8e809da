package caseweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/financing"
)

// lines of a plan that the form has room for, beyond those that are filled.
const spareLines = 2

// mostLines is how many lines of a kind a posted plan may have.
const mostLines = 40

// planForm is the editor of the financing plan: costs, sources, what the scheme
// asks, and a proviso. The fields have the names that the plan's own faults use.
func (p *pages) planForm(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	nCosts, nSources := len(d.Plan.Costs)+spareLines, len(d.Plan.Sources)+spareLines
	if r.Method == http.MethodPost { // as many as were shown
		nCosts, nSources = posted(r.PostForm, "costs", nCosts), posted(r.PostForm, "sources", nSources)
	}
	groups := append(costFields(t, d.Plan.Costs, nCosts), sourceFields(t, d.Plan.Sources, nSources)...)
	return asked{Title: t.T("case.plan.edit"), Lead: t.T("case.plan.lead"), Crumbs: crumbs(t, d), Back: path(d.ID) + "#plan", Submit: t.T("case.save"), Version: d.Version,
		Theirs: theirs{t.T("case.theirs"), planLines(t, d.Plan)}, Groups: append(groups, demandFields(t, d.Plan)...),
		Save: func(in *form.Input, values url.Values) (string, error) {
			plan := p.readPlan(in, nCosts, nSources)
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID) + "?ok=case.said.saved#plan", planFault(p.Cases.SetPlan(r.Context(), actor, d.ID, seen(values), plan))
		}}, nil
}

// planFault puts a fault of a plan that has no field of the form at the first cost.
func planFault(err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	var fs fault.Fields
	for _, x := range f.Fields {
		fs.Add(strings.ReplaceAll(x.Name, "require.own", "own"), x.Key, x.Values...)
	}
	return fs.Err()
}

func posted(values url.Values, name string, least int) int {
	n := 0
	for n < mostLines && values.Has(name+"."+strconv.Itoa(n)+".name") {
		n++
	}
	return max(n, min(least, mostLines))
}

func kroner(n money.NOK) string {
	if n == 0 {
		return ""
	}
	out := strconv.FormatInt(int64(n)/100, 10)
	if rest := int64(n) % 100; rest != 0 {
		out += "," + string(rune('0'+rest/10)) + string(rune('0'+rest%10))
	}
	return out
}

func costFields(t i18n.Printer, list []financing.Cost, n int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range n {
		var c financing.Cost
		if i < len(list) {
			c = list[i]
		}
		at := "costs." + strconv.Itoa(i) + "."
		out = append(out, ui.Fieldset{Legend: t.T("case.plan.cost", "nr", i+1), Fields: []form.Field{{Name: at + "name", Kind: form.Text, Label: t.T("case.plan.what"), Value: c.Name},
			{Name: at + "amount", Kind: form.Money, Label: t.T("case.plan.amount"), Value: kroner(c.Amount)}}})
	}
	return out
}

func sourceFields(t i18n.Printer, list []financing.Source, n int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range n {
		s := financing.Source{Kind: financing.Grant}
		if i < len(list) {
			s = list[i]
		}
		at := "sources." + strconv.Itoa(i) + "."
		out = append(out, ui.Fieldset{Legend: t.T("case.plan.source", "nr", i+1), Fields: []form.Field{{Name: at + "name", Kind: form.Text, Label: t.T("case.plan.who"), Value: s.Name},
			{Name: at + "kind", Kind: form.Select, Label: t.T("case.plan.kind"), Options: options(t, "", financing.Kinds(), financing.Kind.Name, s.Kind)},
			{Name: at + "amount", Kind: form.Money, Label: t.T("case.plan.amount"), Value: kroner(s.Amount)}}})
	}
	return out
}

func demandFields(t i18n.Printer, plan casework.Plan) []ui.Fieldset {
	own := ""
	if plan.Require.Own > 0 {
		own = strconv.FormatInt(int64(plan.Require.Own)/100, 10)
	}
	base := func(b financing.Base, label i18n.Key) form.Option {
		return form.Option{Value: string(b), Label: t.T(label), Selected: plan.Require.Base == b}
	}
	return []ui.Fieldset{
		{Legend: t.T("case.plan.required"), Fields: []form.Field{
			{Name: "own", Kind: form.Number, Label: t.T("case.plan.share"), Hint: t.T("case.plan.share.hint"), Value: own},
			{Name: "base", Kind: form.Select, Label: t.T("case.plan.base"), Options: []form.Option{base(financing.OfTotal, "case.plan.base.total"), base(financing.OfGrant, "case.plan.base.grant")}},
			{Name: "source", Kind: form.Text, Label: t.T("case.plan.origin"), Hint: t.T("case.plan.origin.hint"), Value: plan.Require.Source}}},
		{Legend: t.T("case.plan.proviso"), Hint: t.T("case.plan.proviso.hint"), Fields: []form.Field{
			{Name: "proviso.what", Kind: form.Text, Label: t.T("case.plan.proviso.what"), Value: plan.Proviso.What},
			{Name: "proviso.body", Kind: form.Text, Label: t.T("case.plan.proviso.body"), Value: plan.Proviso.Body},
			{Name: "proviso_case", Kind: form.Text, Label: t.T("case.plan.proviso.case"), Hint: t.T("case.plan.proviso.case.hint"), Value: plan.Proviso.Case},
			{Name: "proviso.expected", Kind: form.Date, Label: t.T("case.plan.proviso.expected"), Value: plan.Proviso.Expected.String()}}},
	}
}

// readPlan reads the filled lines; a line without name and amount is none.
func (p *pages) readPlan(in *form.Input, nCosts, nSources int) casework.Plan {
	var out casework.Plan
	for i := range nCosts {
		at := "costs." + strconv.Itoa(i) + "."
		if c := (financing.Cost{Name: in.Text(at + "name"), Amount: in.Money(at + "amount")}); c != (financing.Cost{}) {
			out.Costs = append(out.Costs, c)
		}
	}
	for i := range nSources {
		at := "sources." + strconv.Itoa(i) + "."
		s := financing.Source{Name: in.Text(at + "name"), Amount: in.Money(at + "amount")}
		kind := financing.Kind(in.Choice(at+"kind", strs(financing.Kinds())...))
		if s != (financing.Source{}) {
			s.Kind = kind
			out.Sources = append(out.Sources, s)
		}
	}
	out.Require = financing.Requirement{Own: financing.Share(in.Int("own") * 100), Base: financing.Base(in.Choice("base", string(financing.OfTotal), string(financing.OfGrant))), Source: in.Text("source")}
	if out.Require.Own == 0 {
		out.Require = financing.Requirement{}
	}
	out.Proviso = financing.Proviso{What: in.Text("proviso.what"), Body: in.Text("proviso.body"), Expected: in.Date("proviso.expected")}
	if s := in.Text("proviso_case"); s != "" {
		if ref, ok := p.Cases.Thing(s); ok {
			s = ref.ID
		}
		out.Proviso.Case = s
	}
	return out
}

// planLines are a plan in a few lines.
func planLines(t i18n.Printer, plan casework.Plan) []string {
	var out []string
	for _, c := range plan.Costs {
		out = append(out, c.Name+": "+t.Money(c.Amount))
	}
	for _, s := range plan.Sources {
		out = append(out, s.Name+": "+t.Money(s.Amount))
	}
	return out
}
