package main

import (
	"strings"
	"testing"
)

// O-24: the contract's answers, with the reading and its doubts on stderr.
func TestCouncilWithdraw(t *testing.T) {
	for _, x := range []struct {
		notice, want string
		sunday       bool
	}{{"2020-10-15", "2021-12-31\t2021\n", false}, {"2020-11-01", "2021-12-31\t2021\n", false}, {"2020-11-02", "2022-12-31\t2022\n", true},
		{"2021-11-01", "2022-12-31\t2022\n", false}, {"2021-11-02", "2023-12-31\t2023\n", false}} {
		code, stdout, stderr := command("council", "withdraw", "--notice", x.notice)
		if code != 0 || stdout != x.want {
			t.Errorf("%s: exit %d, %q, want %q", x.notice, code, stdout, x.want)
		}
		if !strings.Contains(stderr, "Our reading") || strings.Contains(stderr, "was a Sunday") != x.sunday {
			t.Errorf("%s: said %q", x.notice, stderr)
		}
	}
	for _, wrong := range [][]string{{"council", "withdraw"}, {"council", "withdraw", "--notice", "2020-13-01"}, {"council", "withdraw", "--notice", ""}, {"council"}} {
		if code, stdout, _ := command(wrong...); code != 2 || stdout != "" {
			t.Errorf("%v: exit %d, %q", wrong, code, stdout)
		}
	}
}
