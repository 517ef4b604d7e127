module example.com/fleet/seats

go 1.26

require example.net/orbitkit v1.4.0
