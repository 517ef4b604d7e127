console.log("customer portal");
