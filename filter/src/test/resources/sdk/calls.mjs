// What a user of the generated client writes.
const { PetShopApi, Pet } = await import(process.argv[2]);

const shop = new PetShopApi();
const pets = await shop.listPets({ limit: 'a b&c=d+é', xTrace: 'trace 1' });
console.log(pets[0].name, pets[0].kind, pets[0] instanceof Pet, pets[0].born instanceof Date);
console.log(pets[1].name, pets[1].weight);
const made = await shop.petsPostWithHttpInfo({ name: 'Zoë', toys: [{ name: 'bone' }, { name: 'ball' }] });
console.log(made.response.status, made.data.name);
try {
  await shop.petsPost(new Pet('Rex'));
} catch (error) {
  console.log(error.status, error.body.message);
}
console.log(JSON.stringify(await shop.petsPetIdRestGet('7 / 8', 'x y')));
