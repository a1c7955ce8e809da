package site_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryPageIsSwept holds the route table against the pages that the browser
// opens in every language and light: a new page is added to e2e/lib/pages.mjs or its theme in e2e/lib/pages.
func TestEveryPageIsSwept(t *testing.T) {
	themes, err := filepath.Glob("../../e2e/lib/pages/*.mjs")
	if err != nil {
		t.Fatal(err)
	}
	swept := map[string]bool{}
	for _, file := range append(themes, "../../e2e/lib/pages.mjs") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`'(/[^'?]*)`).FindAllStringSubmatch(string(data), -1) {
			swept[m[1]] = true
		}
	}
	// What is loaded into a page, or read by programs, and not opened by itself.
	pieces := map[string]bool{"/finn/begrep": true, "/varsler/feed/{file}": true, "/varsler/kalender/{file}": true, "/vedlegg/{id}/{name}": true,
		// An answer leads on to its place in the round, a task to its meeting; files are no pages.
		"/rundesvar/{answer}": true, "/rapportsvar/{answer}": true, "/rapporter/{id}/se-over": true, "/rapporter/{id}/fil/{file}/{called}": true, "/stillingsinteresse/{interest}": true, "/stillingsavtale/{id}": true, "/plassrunde/{round}": true, "/oppfolging/{follow}": true, "/egne-vedtak/{own}": true, "/plikter/{task}": true, "/svar/{token}/fil/{file}/{called}": true, "/runder/{id}/for/{invite}/fil/{file}/{called}": true,
		"/arshjul-oppgave/{task}": true, "/arbeidsrom/{id}": true, "/arbeidsoppgave/{task}": true} // leads on to where the task is done
	for _, r := range open(t).Door().Routes() {
		where := strings.TrimSuffix(r.Path, "{$}")
		isPage := r.Method == "GET" && path.Ext(where) == "" && !strings.HasPrefix(where, "/api/") && !strings.HasPrefix(where, "/oeapi/") && !strings.HasPrefix(where, "/oparl/") && where != "/elm" && !strings.HasPrefix(where, "/elm/") &&
			path.Base(where) != "direkte" // where a live page is listened to
		if isPage && !pieces[where] && !swept[where] {
			t.Errorf("%s is not in e2e/lib/pages.mjs or a theme of it", where)
		}
	}
}
