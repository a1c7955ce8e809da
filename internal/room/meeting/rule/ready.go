package rule

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// agreed is the day of the agreement of Trøndelag Sør's council in its revised form. The
// source prints the day without the year; its context is 2020.
var agreed = clock.MustDate("2020-03-23")

func agreement(where string) Source { return Source{From: FromAgreement, Where: where, Day: agreed} }

func mandate(where string, day clock.Date) Source {
	return Source{From: FromMandate, Where: where, Day: day}
}

// Council is the interkommunalt politisk råd of six municipalities in Trøndelag Sør, by
// its agreement of 2020. It says nothing of who decides that a case touches all, of how
// many must be present, or of those who are absent: there the sources say so.
func Council() Set {
	return Set{
		Elected: true,
		Base:    Base{Kind: Agreement, Title: councilTitle, Adopted: agreed},
		Seats: []Seat{
			{Kind: Mayor, Each: 1, Vote: true, Speak: true, Attend: true, Deputy: true, Source: agreement("§ 4")},
			{Kind: Opposition, Each: 1, Speak: true, Attend: true, Deputy: true, Source: agreement("§ 4")},
			{Kind: ChiefExec, Each: 1, Speak: true, Attend: true, Source: agreement("§ 4")},
			{Kind: Observer, Attend: true, Source: agreement("§ 4")},
		},
		Quorum: Quorum{Kind: Half, Source: ByLaw("§ 11-9")},
		Decision: Decision{Consensus: TouchesAll, Of: OfAll, Otherwise: Majority, Casting: true, Source: agreement("§ 5"),
			OfSource: Source{From: Silent}, MajoritySource: ByLaw("§ 11-9")},
		Reservation: Reservation{When: InSome, OptIn: true, Source: agreement("§ 5")},
		Reasons:     Reasons{For: []Position{Reserved, Against}, Source: Source{From: Silent}},
		Distant:     Distant{Source: ByLaw("§ 11-7")},
		Hearing:     Hearing{Rounds: 3, Days: 14, Extension: 7, Silence: SilenceNotHeard, Source: Source{From: Silent}},
		Deputies:    Deputies{StepIn: true, Source: agreement("§ 3")},
		Leader:      Leader{Among: Mayor, Years: 2, Deputy: true, Source: agreement("§ 4")},
		Numbers:     Numbers{Prefix: "PS", Source: Source{From: Silent}},
		Local:       Local{Needed: true, Source: agreement("§ 9")},
		Economy:     Economy{Loans: OwnDecision, Obligations: OwnDecision, EqualFee: true, Voluntary: true, Source: agreement("§ 10")},
		Joint:       Joint{Allowed: true, StopsAtConflict: true, Source: agreement("§ 5")},
		Withdrawal:  Withdrawal{Allowed: true, Month: 11, Day: 1, OwnCouncil: true, Source: agreement("§ 12")},
		Duties: []Duty{
			{Kind: DutyPeriod, Source: agreement("§ 7")}, {Kind: DutyFee, Source: agreement("§ 10")},
			{Kind: DutyInform, Source: agreement("§ 11")}, {Kind: DutyLeader, Source: agreement("§ 4")},
		},
	}
}

var councilTitle = i18n.Text{NB: "Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd",
	NN: "Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd", EN: "Cooperation agreement of Trøndelag Sør – intermunicipal political council"}

// Board is the council's board: the mayors alone.
func Board() Set {
	s := Council()
	s.Seats = []Seat{
		{Kind: Mayor, Each: 1, Vote: true, Speak: true, Attend: true, Deputy: true, Source: agreement("§ 11")},
		{Kind: ChiefExec, Speak: true, Attend: true, Source: agreement("§ 11")},
	}
	s.Numbers.Prefix = "ST"
	s.Local = Local{Needed: true, Source: agreement("§ 9")}
	s.Duties = []Duty{{Kind: DutyInform, Source: agreement("§ 11")}}
	return s
}

// ChiefExecs is the committee of the municipalities' chief executives: not elected, it
// prepares and advises.
func ChiefExecs() Set {
	silent := Source{From: Silent}
	return Set{
		Base: Base{Kind: Agreement, Title: councilTitle, Adopted: agreed},
		Seats: []Seat{
			{Kind: ChiefExec, Each: 1, Vote: true, Speak: true, Attend: true, Deputy: true, Source: silent},
			{Kind: Secretary, Speak: true, Attend: true, Source: agreement("§ 8")},
		},
		Quorum:      Quorum{Kind: Half, Source: silent},
		Decision:    Decision{Advisory: true, Consensus: Never, Otherwise: Majority, Casting: true, Source: agreement("§ 11"), OfSource: silent, MajoritySource: silent},
		Reservation: Reservation{When: InNever, Source: silent},
		Reasons:     Reasons{For: []Position{Against}, Source: silent},
		Distant:     Distant{Counts: true, Source: silent},
		Hearing:     Hearing{Rounds: 2, Days: 10, Extension: 5, Silence: SilenceNotHeard, Source: silent},
		Deputies:    Deputies{StepIn: true, Source: silent},
		Leader:      Leader{Among: ChiefExec, Source: silent},
		Numbers:     Numbers{Prefix: "KD", Source: silent},
		Local:       Local{Source: silent},
		Economy:     Economy{Loans: OwnDecision, Obligations: OwnDecision, Voluntary: true, Source: agreement("§ 10")},
		Joint:       Joint{StopsAtConflict: true, Source: silent},
		Withdrawal:  Withdrawal{OwnCouncil: true, Source: agreement("§ 12")},
	}
}

// forum is what the fora have in common: dialogue under a mandate, no vote and no
// decision that binds.
func forum(title i18n.Text, day clock.Date, prefix string) Set {
	silent := Source{From: Silent}
	return Set{
		Base: Base{Kind: Mandate, Title: title, Adopted: day},
		Seats: []Seat{
			{Kind: Member, Each: 1, Vote: true, Speak: true, Attend: true, Deputy: true, Source: silent},
			{Kind: Secretary, Speak: true, Attend: true, Source: silent},
			{Kind: Observer, Attend: true, Source: silent},
		},
		Quorum:      Quorum{Kind: NoQuorum, Source: silent},
		Decision:    Decision{Advisory: true, Consensus: Never, Otherwise: Dialogue, Source: mandate("1", day), OfSource: silent, MajoritySource: silent},
		Reservation: Reservation{When: InAll, OptIn: true, Source: silent},
		Reasons:     Reasons{Source: silent},
		Distant:     Distant{Counts: true, Source: silent},
		Hearing:     Hearing{Rounds: 2, Days: 21, Extension: 7, Silence: SilenceNotHeard, Source: silent},
		Deputies:    Deputies{StepIn: true, Source: silent},
		Leader:      Leader{Source: silent},
		Numbers:     Numbers{Prefix: prefix, Source: silent},
		Local:       Local{Source: silent},
		Economy:     Economy{Loans: OwnDecision, Obligations: OwnDecision, Voluntary: true, Source: silent},
		Joint:       Joint{Source: silent},
		Withdrawal:  Withdrawal{Source: silent},
		Duties:      []Duty{{Kind: DutyYearly, Source: silent}},
	}
}

// CountyForum is Kompetanseforum Trøndelag, led by the county.
func CountyForum() Set {
	return forum(i18n.Text{NB: "Mandat for kompetanseforumet i fylket", NN: "Mandat for kompetanseforumet i fylket", EN: "Mandate of the county's competence forum"},
		clock.MustDate("2019-06-12"), "KF")
}

// RegionalForum is a region's forum. It also advises the regional council.
func RegionalForum() Set {
	return forum(i18n.Text{NB: "Mandat for det regionale kompetanseforumet", NN: "Mandat for det regionale kompetanseforumet", EN: "Mandate of the regional competence forum"},
		clock.MustDate("2020-05-14"), "RF")
}

// SteeringGroup is a project's steering group: not elected, decides by majority inside
// its mandate, also in writing; silence is consent, as its mandate says so.
func SteeringGroup() Set {
	day := clock.MustDate("2020-06-26")
	s := forum(i18n.Text{NB: "Mandat for styringsgruppa", NN: "Mandat for styringsgruppa", EN: "Mandate of the steering group"}, day, "SG")
	s.Quorum = Quorum{Kind: Half, Source: mandate("2", day)}
	s.Decision = Decision{Consensus: Never, Otherwise: Majority, Casting: true, Source: mandate("3", day), OfSource: Source{From: Silent}, MajoritySource: mandate("3", day)}
	s.Reservation = Reservation{When: InNever, Source: Source{From: Silent}}
	s.Reasons = Reasons{For: []Position{Against}, Source: mandate("3", day)}
	s.Distant = Distant{Counts: true, Source: mandate("4", day)}
	s.Hearing = Hearing{Rounds: 1, Days: 7, Extension: 3, Silence: SilenceConsent, Source: mandate("4", day)}
	return s
}
