package caseweb

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
)

// membersView is what the members have decided themselves after a meeting, and how the
// cost is shared.
type membersView struct {
	Title  string // the meeting
	Tally  string
	Own    ui.Table
	Amount string
	Shares []ui.Table
	Do     ui.Actions
}

// members is one for each item that the case was treated as, the newest meeting first.
func members(t i18n.Printer, list []own.Treated, today clock.Date) []membersView {
	var out []membersView
	for _, x := range list {
		v := membersView{Title: t.T("case.own.meeting", "body", x.BodyName, "date", x.Day)}
		if len(x.Own) > 0 {
			v.Tally, v.Own = t.T("case.own.tally", "yes", x.Yes(), "of", len(x.Own)), ownTable(t, x.Own, today)
		}
		if x.Amount > 0 && len(x.Shares) > 0 {
			v.Amount, v.Shares = t.T("case.shares.amount", "amount", x.Amount), shareTables(t, x.Shares)
		}
		if x.Inside {
			v.Do.Items = []ui.Action{{Label: t.T("case.own.open"), Context: v.Title, Href: "/moter/" + string(x.Meeting) + "/saker/" + string(x.Item) + "#own", Variant: ui.Secondary}}
		}
		out = append(out, v)
	}
	return out
}

// ownTable is what each member has decided, with the number that the case has there.
func ownTable(t i18n.Printer, list []session.Own, today clock.Date) ui.Table {
	out := ui.Table{Caption: t.T("case.own"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("case.own.member")}, {Label: t.T("case.own.answer")}, {Label: t.T("case.own.ref")}}}
	for _, x := range list {
		tag, where := ui.Tag{Text: t.T("case.own.waits"), Color: ui.Warning}, ui.Cell{Text: x.Ref, Sub: t.Date(x.Day)}
		switch {
		case x.Answer == outcome.Yes:
			tag = ui.Tag{Text: t.T("case.own.yes"), Color: ui.Success}
		case x.Answer == outcome.No:
			tag = ui.Tag{Text: t.T("case.own.no"), Color: ui.Danger}
		case !x.Due.IsZero() && x.Due.Before(today):
			tag = ui.Tag{Text: t.T("case.own.late"), Color: ui.Danger}
		}
		if x.Answer == "" {
			where = ui.Cell{}
			if !x.Due.IsZero() {
				where.Text = t.T("case.own.due", "date", x.Due)
			}
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: x.OrgName, Sub: x.Told}, {Tags: []ui.Tag{tag}}, where}})
	}
	return out
}

// shareTables are the cost as it is split, one for each day that somebody joined.
func shareTables(t i18n.Printer, list []outcome.Table) []ui.Table {
	var out []ui.Table
	for _, x := range list {
		table := ui.Table{Caption: t.T("case.shares.from_start"), Compact: true, Columns: []ui.Column{{Label: t.T("case.own.member")}, {Label: t.T("case.shares.share"), Number: true}}}
		if !x.From.IsZero() {
			table.Caption = t.T("case.shares.from", "date", x.From)
		}
		for _, s := range x.Shares {
			table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name}, {Text: t.Money(s.Amount)}}})
		}
		out = append(out, table)
	}
	return out
}
