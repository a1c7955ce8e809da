// Command cmd prints how well the linker does on the texts beside the project and on our own.
// Usage: cmd [data folder], by default ../shared/data.
package main

import (
	"fmt"
	"os"

	"kompetansetorg/internal/common/vocab/evaluate"
)

func main() {
	dir := "../shared/data"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := evaluate.Run(os.Stdout, dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
