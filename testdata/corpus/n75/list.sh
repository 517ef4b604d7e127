ORBIT=https://api.orbitflare.com/customer/v1
curl "$ORBIT/licenses"
curl "$ORBIT/locations"
