package notes_test

import "kompetansetorg/internal/kit/clock"

// today is the day that the texts of testdata are read on.
var today = mustDate("2026-11-18")

func mustDate(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
