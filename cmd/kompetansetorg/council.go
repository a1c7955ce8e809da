package main

import (
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/council/councilweb/councils"
	"kompetansetorg/internal/room/council/member"
	"kompetansetorg/internal/room/meeting/rule"
)

// councilCmd are the commands of councils; they open no database.
type councilCmd struct {
	Withdraw withdrawCmd `cmd:"" help:"When a member that gives notice is out: its last day, a tab, and the last year of the fee."`
}

type withdrawCmd struct {
	Notice string `help:"The day of the notice, 2020-11-02." required:""`
}

// Run reckons by the ready-made rules of a council. How the agreement is read, and what
// it leaves open, goes to stderr.
func (c *withdrawCmd) Run(con *console) error {
	day, err := clock.ParseDate(c.Notice)
	if err != nil || day.IsZero() {
		return fmt.Errorf("%w: --notice %q is no date, write it as 2020-11-02", errUsage, c.Notice)
	}
	set := rule.Council()
	r, ok := member.Read(councils.Terms(set), day)
	if !ok {
		return fmt.Errorf("no day of effect for a notice on %s", day)
	}
	fmt.Fprintf(con.stderr, "Our reading of the agreement %s: notice by %s takes effect at the end of the coming budget year, later notice a year after that; the fee is due for that year.\n",
		set.Withdrawal.Source.Where, r.Deadline)
	for _, d := range r.Doubts {
		switch d {
		case member.SentOrReceived:
			fmt.Fprintln(con.stderr, "In doubt: the agreement does not say whether notice is given when it is sent or when it is received.")
		case member.DayOff:
			fmt.Fprintf(con.stderr, "In doubt: %s was a %s; the agreement does not say whether the deadline then moves to the next working day.\n", r.Deadline, r.Deadline.Weekday())
		}
	}
	fmt.Fprintln(con.stderr, "A notice also needs a decision of the member's own council.")
	_, err = fmt.Fprintf(con.stdout, "%s\t%d\n", r.Effect, r.LastFee)
	return err
}
