// Command cmd prints how well the matcher does, beside plain methods in the same
// run; make eval runs it. Its one argument is the folder with the data,
// ../shared/data when left out; without the folder it says so and ends well.
package main

import (
	"fmt"
	"os"

	"kompetansetorg/internal/hall/match/evaluate"
)

func main() {
	dir := "../shared/data"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := evaluate.Run(os.Stdout, dir); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}
