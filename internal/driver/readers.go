package driver

import (
	"path/filepath"

	"github.com/orbitmigrate/orbitmigrate/internal/workspace"
)

// readers lists the Go files, by directory, of the packages of this run's modules that some
// files belong to or that import theirs, directly or not, in whichever build.
func (s *session) readers(files []string) map[string][]string {
	reaching := s.files.Reaching(files)
	out := map[string][]string{}
	for _, name := range s.files.All() {
		if mod, _ := s.files.Module(name); s.worksOn(mod) && workspace.PassedOver(mod, name) == "" && reaching(name) {
			dir := filepath.Dir(name)
			out[dir] = append(out[dir], name)
		}
	}
	return out
}
