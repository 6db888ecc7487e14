function rent_bike(db, args, env) {
  const bike = db.bikes.get(args.bike_id);
  if (bike === undefined) throw env.error("not_found", "no bike has the id " + args.bike_id);
  if (bike.status !== "free") throw env.error("not_free", "the bike is " + bike.status);
  db.bikes.update(args.bike_id, { status: "rented" });
  return db.rentals.insert({ rental_id: env.newId("rentals"), bike_id: args.bike_id, customer_email: args.customer_email, over: false });
}
