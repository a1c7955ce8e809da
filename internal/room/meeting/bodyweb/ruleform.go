package bodyweb

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

// ruleForm is a body's rules as questions, each answered by a sentence. Sources are
// asked for only when the rules are to be adopted.
type ruleForm struct{ Groups []ui.Fieldset }

// What a kind of seat may do, as the form asks for it.
const (
	mayVote   = "vote"
	maySpeak  = "speak"
	mayAttend = "attend"
	mayNot    = "none"
)

func choice(name string, label string, value string, options ...form.Option) form.Field {
	for i := range options {
		options[i].Selected = options[i].Value == value
	}
	return form.Field{Name: name, Kind: form.Radio, Label: label, Options: options, Value: value}
}

// newRuleForm draws the rules; sources says whether to ask where each is from.
func newRuleForm(t i18n.Printer, s rule.Set, sources bool) ruleForm {
	said := func(value string, key i18n.Key, values ...any) form.Option {
		return form.Option{Value: value, Label: strings.TrimSpace(t.T(key, values...))}
	}
	var seats []form.Field
	for _, x := range s.Seats {
		seats = append(seats, form.Field{Name: "seat_" + string(x.Kind), Kind: form.Select, Label: t.T(meeting.SeatLabel(x.Kind)), Value: mayOf(x), Options: []form.Option{
			{Value: mayVote, Label: t.T("body.may.vote"), Selected: mayOf(x) == mayVote}, {Value: maySpeak, Label: t.T("body.may.speak"), Selected: mayOf(x) == maySpeak},
			{Value: mayAttend, Label: t.T("body.may.attend"), Selected: mayOf(x) == mayAttend}, {Value: mayNot, Label: t.T("body.may.none"), Selected: mayOf(x) == mayNot}}})
	}
	number := ""
	if s.Quorum.Number > 0 {
		number = strconv.Itoa(s.Quorum.Number)
	}
	groups := []ui.Fieldset{
		{Legend: t.T("rule.topic.kind"), Fields: []form.Field{choice("elected", t.T("body.rule.elected"), yesNo(s.Elected), said("ja", "body.rule.elected.yes"), said("nei", "body.rule.elected.no"))}},
		{Legend: t.T("rule.topic.seats"), Fields: seats},
		{Legend: t.T("rule.topic.quorum"), Fields: []form.Field{
			choice("quorum", t.T("body.rule.quorum"), string(s.Quorum.Kind), said(string(rule.Half), "rule.word.quorum.half"), said(string(rule.AtLeast), "body.rule.quorum.number"), said(string(rule.NoQuorum), "rule.word.quorum.none")),
			{Name: "quorum_number", Kind: form.Number, Label: t.T("body.rule.number"), Value: number, OptionalMark: t.T("body.optional")}}},
		{Legend: t.T("rule.topic.consensus"), Fields: []form.Field{
			choice("consensus", t.T("body.rule.consensus"), string(s.Decision.Consensus), said(string(rule.TouchesAll), "rule.word.consensus.touches_all"), said(string(rule.Always), "rule.word.consensus.always"), said(string(rule.Never), "rule.word.consensus.never")),
			choice("of", t.T("rule.topic.of"), string(s.Decision.Of), said("", "body.rule.of.none"), said(string(rule.OfAll), "rule.word.of.all"), said(string(rule.OfPresent), "rule.word.of.present"))}},
		{Legend: t.T("rule.topic.otherwise"), Fields: []form.Field{
			choice("otherwise", t.T("body.rule.otherwise"), string(s.Decision.Otherwise), said(string(rule.Majority), "rule.word.otherwise.majority"), said(string(rule.Dialogue), "rule.word.otherwise.dialogue")),
			choice("casting", t.T("rule.topic.casting"), yesNo(s.Decision.Casting), said("ja", "rule.word.casting"), said("nei", "rule.word.casting.none"))}},
		{Legend: t.T("rule.topic.reservation"), Fields: []form.Field{
			choice("reservation", t.T("body.rule.reservation"), string(s.Reservation.When), said(string(rule.InSome), "rule.word.reservation.some", "later", ""), said(string(rule.InAll), "rule.word.reservation.all", "later", ""), said(string(rule.InNever), "rule.word.reservation.never", "later", "")),
			choice("opt_in", t.T("body.rule.opt_in"), yesNo(s.Reservation.OptIn), said("ja", "rule.word.opt_in"), said("nei", "rule.word.opt_in.none"))}},
		{Legend: t.T("rule.topic.distant"), Fields: []form.Field{choice("distant", t.T("body.rule.distant"), yesNo(s.Distant.Counts), said("ja", "rule.word.distant.counts"), said("nei", "rule.word.distant.advance"))}},
		{Legend: t.T("rule.topic.silence"), Fields: []form.Field{choice("silence", t.T("body.rule.silence"), string(s.Hearing.Silence), said(string(rule.SilenceNotHeard), "rule.word.silence.not_heard"), said(string(rule.SilenceConsent), "rule.word.silence.consent"))}},
	}
	if sources {
		groups = append(groups, ui.Fieldset{Legend: t.T("rule.topic.leader"), Fields: []form.Field{{Name: "years", Kind: form.Number, Label: t.T("body.rule.years"), Hint: t.T("body.rule.years.hint"), Value: strconv.Itoa(s.Leader.Years)}}},
			ui.Fieldset{Legend: t.T("rule.topic.numbers"), Fields: []form.Field{{Name: "prefix", Kind: form.Text, Label: t.T("body.rule.prefix"), Hint: t.T("body.rule.prefix.hint"), Value: s.Numbers.Prefix}}})
		groups = append(groups, moreGroups(t, s)...)
		addSources(t, groups, s)
	}
	return ruleForm{Groups: groups}
}

// addSources asks of each group where its rule stands.
func addSources(t i18n.Printer, groups []ui.Fieldset, s rule.Set) {
	list := []*rule.Source{nil, seatSource(s), &s.Quorum.Source, &s.Decision.Source, &s.Decision.MajoritySource, &s.Reservation.Source, &s.Distant.Source,
		&s.Hearing.Source, &s.Leader.Source, &s.Numbers.Source}
	for i, x := range append(list, moreSources(&s)...) {
		if x == nil {
			continue
		}
		groups[i].Fields = append(groups[i].Fields, form.Field{Name: "source_" + strconv.Itoa(i), Kind: form.Text, Label: t.T("body.rule.source"),
			Hint: t.T("body.rule.source.hint"), Value: sourceText(t, *x), OptionalMark: t.T("body.optional")})
	}
}

// seatSource is the source of the first seat, nil without seats.
func seatSource(s rule.Set) *rule.Source {
	if len(s.Seats) == 0 {
		return nil
	}
	return &s.Seats[0].Source
}

func mayOf(x rule.Seat) string {
	switch {
	case x.Vote:
		return mayVote
	case x.Speak:
		return maySpeak
	case x.Attend:
		return mayAttend
	}
	return mayNot
}

// readRules puts the answers into a copy of the rules they were asked about.
func readRules(in *form.Input, base rule.Set) rule.Set {
	s := base
	s.Elected = in.Choice("elected", "ja", "nei") == "ja"
	s.Seats = append([]rule.Seat(nil), base.Seats...)
	for i := range s.Seats {
		may := in.Choice("seat_"+string(s.Seats[i].Kind), mayVote, maySpeak, mayAttend, mayNot)
		s.Seats[i].Vote, s.Seats[i].Speak, s.Seats[i].Attend = may == mayVote, may == mayVote || may == maySpeak, may != mayNot
	}
	s.Quorum.Kind, s.Quorum.Number = rule.QuorumKind(in.Choice("quorum", oneOf([]rule.QuorumKind{rule.Half, rule.AtLeast, rule.NoQuorum})...)), in.Int("quorum_number")
	if s.Quorum.Number < 0 || s.Quorum.Number > 500 {
		in.Refuse("quorum_number", "rule.error.number")
	}
	s.Decision.Consensus = rule.Consensus(in.Choice("consensus", oneOf([]rule.Consensus{rule.TouchesAll, rule.Always, rule.Never})...))
	s.Decision.Of = rule.ConsensusOf(in.Choice("of", oneOf([]rule.ConsensusOf{rule.OfAll, rule.OfPresent})...))
	s.Decision.Otherwise = rule.Mode(in.Choice("otherwise", oneOf([]rule.Mode{rule.Majority, rule.Dialogue})...))
	s.Decision.Casting = in.Choice("casting", "ja", "nei") == "ja"
	s.Reservation.When = rule.When(in.Choice("reservation", oneOf([]rule.When{rule.InSome, rule.InAll, rule.InNever})...))
	s.Reservation.OptIn = in.Choice("opt_in", "ja", "nei") == "ja"
	s.Distant.Counts = in.Choice("distant", "ja", "nei") == "ja"
	s.Hearing.Silence = rule.Silence(in.Choice("silence", oneOf([]rule.Silence{rule.SilenceNotHeard, rule.SilenceConsent})...))
	return s
}

// readMore reads what only an adoption asks for: the leader's term, the prefix of
// the numbers, what no vote depends on, and the sources, all of the document adopted on the day.
func readMore(t i18n.Printer, in *form.Input, s rule.Set, day clock.Date) rule.Set {
	s.Leader.Years, s.Numbers.Prefix = in.Int("years"), in.Text("prefix")
	s = stamped(readMoreRules(in, s), day)
	read := func(i int, x *rule.Source) {
		name := "source_" + strconv.Itoa(i)
		*x = readSource(t, in.Text(name), s.Base, *x)
		if x.From != rule.Silent && !x.HasPlace() {
			in.Refuse(name, "rule.error.source")
		}
	}
	if len(s.Seats) > 0 {
		first := s.Seats[0].Source
		read(1, &first)
		if first != s.Seats[0].Source { // one answer for all seats
			for i := range s.Seats {
				s.Seats[i].Source = first
			}
		}
	}
	list := []*rule.Source{&s.Quorum.Source, &s.Decision.Source, &s.Decision.MajoritySource, &s.Reservation.Source, &s.Distant.Source, &s.Hearing.Source, &s.Leader.Source, &s.Numbers.Source}
	more := moreSources(&s)
	was := *more[len(more)-1]
	for i, x := range append(list, more...) {
		read(i+2, x)
	}
	for i := range s.Duties { // one answer for all duties that it is new for
		if now := *more[len(more)-1]; now != was || s.Duties[i].Source.From == rule.Silent {
			s.Duties[i].Source = now
		}
	}
	return s
}

// sourceText is a source as one writes it in the form: "§ 5", "Kommuneloven § 11-9";
// nothing where the document is silent.
func sourceText(t i18n.Printer, x rule.Source) string {
	switch x.From {
	case rule.FromLaw:
		return t.T("body.rule.law", "where", x.Where)
	case rule.Silent:
		return ""
	}
	return x.Where
}

// readSource is what was written as a source of a rule in the document.
func readSource(t i18n.Printer, text string, base rule.Base, was rule.Source) rule.Source {
	switch {
	case text == sourceText(t, was):
		return was
	case text == "":
		return rule.Source{From: rule.Silent}
	}
	law := strings.TrimSpace(t.T("body.rule.law", "where", ""))
	if where, ok := strings.CutPrefix(strings.ToLower(text), strings.ToLower(law)); ok {
		return rule.ByLaw(strings.TrimSpace(where))
	}
	from := rule.FromAgreement
	if base.Kind == rule.Mandate {
		from = rule.FromMandate
	}
	return rule.Source{From: from, Where: text, Day: base.Adopted}
}

// stamped is the set as a document adopted on the day: what an agreement or a
// mandate says, the new version says.
func stamped(s rule.Set, day clock.Date) rule.Set {
	s.Base.Adopted = day
	s.Duties = append([]rule.Duty(nil), s.Duties...)
	sources := []*rule.Source{&s.Quorum.Source, &s.Decision.Source, &s.Decision.OfSource, &s.Decision.MajoritySource, &s.Reservation.Source, &s.Reasons.Source,
		&s.Distant.Source, &s.Hearing.Source, &s.Deputies.Source, &s.Recusal.Source, &s.Leader.Source, &s.Numbers.Source, &s.Local.Source, &s.Economy.Source, &s.Joint.Source, &s.Withdrawal.Source}
	for i := range s.Seats {
		sources = append(sources, &s.Seats[i].Source)
	}
	for i := range s.Duties {
		sources = append(sources, &s.Duties[i].Source)
	}
	for _, x := range sources {
		if x.From == rule.FromAgreement || x.From == rule.FromMandate {
			x.Day = day
		}
	}
	return s
}

// fieldOf is where the form tells what is wrong with a rule.
var fieldOf = map[string]string{"rules.base": "title", "rules.seats": "elected", "rules.quorum": "quorum", "rules.decision": "consensus", "rules.reservation": "reservation",
	"rules.distant": "distant", "rules.hearing": "silence", "rules.leader": "years", "rules.numbers": "prefix", "rules.local": "local", "rules.economy": "loans", "rules.joint": "joint", "rules.withdrawal": "withdrawal_day",
	"rules.duties": "duties", "rules.recusal": "recusal"}

// atFields is the fault with the names of the form's fields.
func atFields(err error) error {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid {
		return err
	}
	var fs fault.Fields
	for _, f := range e.Fields {
		name := f.Name
		if to, ok := fieldOf[name]; ok {
			name = to
		}
		fs.Add(name, f.Key, f.Values...)
	}
	return fs.Err()
}
