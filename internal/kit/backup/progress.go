package backup

import (
	"fmt"
	"strings"
	"time"
)

// often is how long it is quiet between two lines about long work.
const often = 2 * time.Second

// progress tells of long work now and then.
type progress struct {
	tell func(string)
	last time.Time
}

func newProgress(tell func(string)) *progress { return &progress{tell: tell, last: time.Now()} }

func (p *progress) say(what string, n int64) {
	if p == nil || p.tell == nil || time.Since(p.last) < often {
		return
	}
	p.last = time.Now()
	p.tell(fmt.Sprintf("%s: %d …", strings.TrimSuffix(what, "/"), n))
}
