package sink

import "strings"

// A Setting describes a function through which a program declares or reads a named
// option: a command-line flag, a configuration key. Its default is what the program uses
// unless it is told otherwise. Arguments are counted as in Row.
type Setting struct {
	Func    string
	Key     int  // argument that names the option
	Value   int  // argument that holds its default, or None for a function that reads it
	Pointer int  // argument that points to the variable that gets the value, or None
	Returns bool // the first result is the value
}

// A SettingType is a struct type whose literals declare an option. Without a field for
// the key, the literal is an element of a map whose key names the option, and every field
// that begins with Value holds its default.
type SettingType struct {
	Type, Key, Value string // fields
}

// LookupSetting returns the row of a function, or nil.
func LookupSetting(name string) *Setting { return settingByName[name] }

// LookupSettingType returns the row of a struct type, or nil.
func LookupSettingType(name string) *SettingType {
	for i := range settingTypes {
		if settingTypes[i].Type == name {
			return &settingTypes[i]
		}
	}
	return nil
}

// Settings returns all rows.
func Settings() []Setting { return settings }

// Configures reports whether a function belongs to a library that only carries settings
// from where they are declared to where they are read.
func Configures(name string) bool {
	name = strings.TrimLeft(name, "(*")
	for _, path := range carriers {
		if strings.HasPrefix(name, path) {
			return true
		}
	}
	return false
}

var carriers = []string{
	"github.com/go-viper/mapstructure",
	"github.com/hashicorp/terraform-plugin-sdk",
	"github.com/knadh/koanf",
	"github.com/mitchellh/mapstructure",
	"github.com/spf13/",
	"github.com/urfave/cli",
}

var settingByName = func() map[string]*Setting {
	m := make(map[string]*Setting, len(settings))
	for i := range settings {
		m[settings[i].Func] = &settings[i]
	}
	return m
}()

var settings = []Setting{
	{"flag.String", 0, 1, None, true},
	{"flag.StringVar", 1, 2, 0, false},
	{"(*flag.FlagSet).String", 1, 2, None, true},
	{"(*flag.FlagSet).StringVar", 2, 3, 1, false},

	{"github.com/spf13/pflag.String", 0, 1, None, true},
	{"github.com/spf13/pflag.StringP", 0, 2, None, true},
	{"github.com/spf13/pflag.StringVar", 1, 2, 0, false},
	{"github.com/spf13/pflag.StringVarP", 1, 3, 0, false},
	{"(*github.com/spf13/pflag.FlagSet).String", 1, 2, None, true},
	{"(*github.com/spf13/pflag.FlagSet).StringP", 1, 3, None, true},
	{"(*github.com/spf13/pflag.FlagSet).StringVar", 2, 3, 1, false},
	{"(*github.com/spf13/pflag.FlagSet).StringVarP", 2, 4, 1, false},
	{"(*github.com/spf13/pflag.FlagSet).GetString", 1, None, None, true},

	{"github.com/spf13/viper.SetDefault", 0, 1, None, false},
	{"github.com/spf13/viper.Set", 0, 1, None, false},
	{"github.com/spf13/viper.GetString", 0, None, None, true},
	{"github.com/spf13/viper.Get", 0, None, None, true},
	{"(*github.com/spf13/viper.Viper).SetDefault", 1, 2, None, false},
	{"(*github.com/spf13/viper.Viper).Set", 1, 2, None, false},
	{"(*github.com/spf13/viper.Viper).GetString", 1, None, None, true},
	{"(*github.com/spf13/viper.Viper).Get", 1, None, None, true},

	{"(*github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema.ResourceData).Get", 1, None, None, true},

	{"(*github.com/urfave/cli/v2.Context).String", 1, None, None, true},
	{"(*github.com/urfave/cli/v3.Command).String", 1, None, None, true},
}

var settingTypes = []SettingType{
	{"github.com/urfave/cli/v2.StringFlag", "Name", "Value"},
	{"github.com/urfave/cli/v3.FlagBase", "Name", "Value"},
	{"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema.Schema", "", "Default"},
}
