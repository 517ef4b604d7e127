// Package schema stands in for the package of the same path: the part that the corpus uses.
package schema

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/terraform"
)

// ValueType is the type of an attribute.
type ValueType int

// The types of attributes.
const (
	TypeInvalid ValueType = iota
	TypeBool
	TypeInt
	TypeFloat
	TypeString
)

// SchemaDefaultFunc computes the default of an attribute.
type SchemaDefaultFunc func() (any, error)

// EnvDefaultFunc returns a function that reads the environment variable k, or returns dv if it is not set.
func EnvDefaultFunc(k string, dv any) SchemaDefaultFunc {
	return func() (any, error) {
		if v := os.Getenv(k); v != "" {
			return v, nil
		}
		return dv, nil
	}
}

// Schema describes an attribute.
type Schema struct {
	Type        ValueType
	Optional    bool
	Required    bool
	Computed    bool
	Default     any
	DefaultFunc SchemaDefaultFunc
	Description string
}

// ResourceData holds the attributes of one provider, resource or data source.
type ResourceData struct {
	values map[string]any
	id     string
}

// Get returns the attribute named key, or nil.
func (d *ResourceData) Get(key string) any { return d.values[key] }

// Set gives an attribute a value.
func (d *ResourceData) Set(key string, value any) error {
	d.values[key] = value
	return nil
}

// Id returns the ID.
func (d *ResourceData) Id() string { return d.id }

// SetId sets the ID.
func (d *ResourceData) SetId(id string) { d.id = id }

// Resource describes a resource or a data source.
type Resource struct {
	Schema      map[string]*Schema
	ReadContext func(context.Context, *ResourceData, any) diag.Diagnostics
}

// Data returns the attributes in state s, which may be nil.
func (r *Resource) Data(s *terraform.InstanceState) *ResourceData {
	d := &ResourceData{values: map[string]any{}}
	if s != nil {
		d.id = s.ID
		for k, v := range s.Attributes {
			d.values[k] = v
		}
	}
	return d
}

// Provider describes a provider.
type Provider struct {
	Schema               map[string]*Schema
	DataSourcesMap       map[string]*Resource
	ConfigureContextFunc func(context.Context, *ResourceData) (any, diag.Diagnostics)

	meta any
}

// Configure gives every attribute its value from c or its default and configures the provider.
func (p *Provider) Configure(ctx context.Context, c *terraform.ResourceConfig) diag.Diagnostics {
	d := &ResourceData{values: map[string]any{}}
	for name, s := range p.Schema {
		v, ok := c.Raw[name]
		if !ok {
			v = s.Default
			if s.DefaultFunc != nil {
				var err error
				if v, err = s.DefaultFunc(); err != nil {
					return diag.FromErr(fmt.Errorf("default of %s: %w", name, err))
				}
			}
		}
		d.values[name] = v
	}
	var diags diag.Diagnostics
	p.meta, diags = p.ConfigureContextFunc(ctx, d)
	return diags
}

// Meta returns what ConfigureContextFunc returned.
func (p *Provider) Meta() any { return p.meta }
