// Command cmd prints how well needs are matched; make eval runs it from the
// top of the clone, with the data folder beside it.
package main

import (
	"errors"
	"fmt"
	"os"

	"kompetansetorg/internal/hall/match/evaluate"
)

func main() {
	dir := "../shared/data"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	err := evaluate.Run(os.Stdout, dir)
	switch {
	case errors.Is(err, evaluate.ErrAbsent):
		fmt.Println("nothing to measure on:", err)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
