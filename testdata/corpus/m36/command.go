package main

import (
	"github.com/spf13/cobra"
)

func command() *cobra.Command {
	var api string
	root := &cobra.Command{
		Use:          "orbit",
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := show(api + "/licenses/42"); err != nil {
				return err
			}
			sites, err := cmd.Flags().GetString("sites")
			if err != nil {
				return err
			}
			return show(sites + "/locations")
		},
	}
	root.PersistentFlags().StringVarP(&api, "api", "a", "https://api.orbitflare.com/customer/v1", "base of the API")
	root.Flags().String("sites", "https://orbitflare.com/api/customer/v1", "base of the list of sites")
	return root
}
