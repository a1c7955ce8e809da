package bodyweb

import (
	"strconv"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/rule"
)

// What the form asks of the rules that no vote depends on: what the members decide
// themselves, money, consultation responses, leaving, and duties. Only an adoption asks
// for them. A choice that was not sent leaves the rule as it was.

const (
	yes = "ja"
	no  = "nei"
)

func yesNo(is bool) string {
	if is {
		return yes
	}
	return no
}

// either is a question with two answers, each a sentence.
func either(t i18n.Printer, name string, ask i18n.Key, is bool, ja, nei i18n.Key) form.Field {
	return choice(name, t.T(ask), yesNo(is), form.Option{Value: yes, Label: t.T(ja)}, form.Option{Value: no, Label: t.T(nei)})
}

func authority(t i18n.Printer, name string, ask i18n.Key, a rule.Authority, own, allowed i18n.Key) form.Field {
	return choice(name, t.T(ask), string(a), form.Option{Value: string(rule.OwnDecision), Label: t.T(own)}, form.Option{Value: string(rule.Allowed), Label: t.T(allowed)})
}

func moreGroups(t i18n.Printer, s rule.Set) []ui.Fieldset {
	number := func(name string, label i18n.Key, n int) form.Field {
		f := form.Field{Name: name, Kind: form.Number, Label: t.T(label), OptionalMark: t.T("body.optional")}
		if n > 0 {
			f.Value = strconv.Itoa(n)
		}
		return f
	}
	duties := form.Field{Name: "duties", Kind: form.Checks, Label: t.T("body.rule.duties")}
	for _, k := range rule.DutyKinds() {
		duties.Options = append(duties.Options, form.Option{Value: string(k), Label: t.T(i18n.Key("rule.duty." + string(k))), Selected: s.HasDuty(k)})
	}
	day := number("withdrawal_day", "body.rule.withdrawal.day", s.Withdrawal.Day)
	day.Hint = t.T("body.rule.withdrawal.hint")
	return []ui.Fieldset{
		{Legend: t.T("rule.topic.local"), Fields: []form.Field{either(t, "local", "body.rule.local", s.Local.Needed, "rule.word.local", "rule.word.local.none")}},
		{Legend: t.T("body.rule.money"), Fields: []form.Field{
			authority(t, "loans", "rule.topic.loans", s.Economy.Loans, "rule.word.loans.own_decision", "rule.word.loans.allowed"),
			authority(t, "obligations", "rule.topic.obligations", s.Economy.Obligations, "rule.word.obligations.own_decision", "rule.word.obligations.allowed"),
			either(t, "fee", "rule.topic.fee", s.Economy.EqualFee, "rule.word.fee.equal", "rule.word.fee.none"),
			either(t, "projects", "rule.topic.projects", s.Economy.Voluntary, "rule.word.projects.voluntary", "rule.word.projects.common")}},
		{Legend: t.T("rule.topic.joint"), Fields: []form.Field{
			either(t, "joint", "body.rule.joint", s.Joint.Allowed, "rule.word.joint", "rule.word.joint.none"),
			either(t, "joint_stops", "body.rule.joint_stops", s.Joint.StopsAtConflict, "body.rule.joint_stops.yes", "body.rule.joint_stops.no")}},
		{Legend: t.T("rule.topic.withdrawal"), Fields: []form.Field{
			either(t, "withdrawal", "body.rule.withdrawal", s.Withdrawal.Allowed, "body.rule.withdrawal.yes", "body.rule.withdrawal.no"),
			day, number("withdrawal_month", "body.rule.withdrawal.month", s.Withdrawal.Month),
			either(t, "withdrawal_own", "body.rule.withdrawal.own", s.Withdrawal.OwnCouncil, "rule.word.withdrawal.council", "rule.word.withdrawal.self")}},
		{Legend: t.T("rule.topic.recusal"), Fields: []form.Field{either(t, "recusal", "body.rule.recusal", s.Recusal.ByBody, "rule.word.recusal", "body.rule.recusal.no")}},
		{Legend: t.T("rule.topic.duties"), Fields: []form.Field{duties}},
	}
}

// moreSources are the sources of those groups, in their order.
func moreSources(s *rule.Set) []*rule.Source {
	duty := &rule.Source{From: rule.Silent}
	if len(s.Duties) > 0 {
		duty = &s.Duties[0].Source
	}
	return []*rule.Source{&s.Local.Source, &s.Economy.Source, &s.Joint.Source, &s.Withdrawal.Source, &s.Recusal.Source, duty}
}

// readMoreRules puts the answers into the rules.
func readMoreRules(in *form.Input, s rule.Set) rule.Set {
	is := func(name string, was bool) bool {
		if v := in.Choice(name, yes, no); v != "" {
			return v == yes
		}
		return was
	}
	may := func(name string, was rule.Authority) rule.Authority {
		if v := in.Choice(name, string(rule.OwnDecision), string(rule.Allowed)); v != "" {
			return rule.Authority(v)
		}
		return was
	}
	within := func(name string, most int) int {
		n := in.Int(name)
		if n < 0 || n > most {
			in.Refuse(name, "form.error.range", "min", 1, "max", most)
		}
		return n
	}
	s.Local.Needed = is("local", s.Local.Needed)
	if s.Recusal.ByBody = is("recusal", s.Recusal.ByBody); s.Recusal.Source.From == "" {
		s.Recusal.Source.From = rule.Silent // rules of before the question was asked
	}
	s.Economy.Loans, s.Economy.Obligations = may("loans", s.Economy.Loans), may("obligations", s.Economy.Obligations)
	s.Economy.EqualFee, s.Economy.Voluntary = is("fee", s.Economy.EqualFee), is("projects", s.Economy.Voluntary)
	s.Joint.Allowed, s.Joint.StopsAtConflict = is("joint", s.Joint.Allowed), is("joint_stops", s.Joint.StopsAtConflict)
	s.Withdrawal.Allowed, s.Withdrawal.OwnCouncil = is("withdrawal", s.Withdrawal.Allowed), is("withdrawal_own", s.Withdrawal.OwnCouncil)
	s.Withdrawal.Day, s.Withdrawal.Month = within("withdrawal_day", 31), within("withdrawal_month", 12)
	if !s.Withdrawal.Allowed {
		s.Withdrawal.Day, s.Withdrawal.Month = 0, 0
	}
	kinds := rule.DutyKinds()
	was := s.Duties
	s.Duties = nil
	for _, v := range in.Choices("duties", oneOf(kinds)...) {
		d := rule.Duty{Kind: rule.DutyKind(v), Source: rule.Source{From: rule.Silent}}
		for _, x := range was {
			if x.Kind == d.Kind {
				d = x
			}
		}
		s.Duties = append(s.Duties, d)
	}
	return s
}
