// Package terraform stands in for the package of the same path: the part that the corpus uses.
package terraform

// ResourceConfig is a configuration as a user wrote it.
type ResourceConfig struct {
	Raw map[string]any
}

// NewResourceConfigRaw returns the configuration with these attributes.
func NewResourceConfigRaw(raw map[string]any) *ResourceConfig { return &ResourceConfig{Raw: raw} }

// InstanceState is what is known about a resource from an earlier run.
type InstanceState struct {
	ID         string
	Attributes map[string]string
}
