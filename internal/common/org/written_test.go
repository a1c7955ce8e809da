package org_test

import (
	"testing"

	"kompetansetorg/internal/common/org"
)

func TestWritten(t *testing.T) {
	for in, want := range map[string]string{
		"EKSEMPEL SAG OG HØVLERI AS":     "Eksempel Sag og Høvleri AS",
		"MIDTRE-GAULDAL PRØVEVERK SA":    "Midtre-Gauldal Prøveverk SA",
		"ÅFJORD OG ØRLAND HAVNEDRIFT BA": "Åfjord og Ørland Havnedrift BA",
		"TRV 24 AS":                      "TRV 24 AS",
		"OG SÅ VIDERE AS":                "Og Så Videre AS",
		"AS EKSEMPELFABRIKKEN":           "As Eksempelfabrikken",
		"Eksempel på Navn as":            "Eksempel på Navn as",
		"AS":                             "AS",
		"":                               "",
	} {
		if got := org.Written(in); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
}
