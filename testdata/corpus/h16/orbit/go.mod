module example.com/fleet/orbit

go 1.26
