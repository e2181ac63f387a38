package com.example.shop;

import com.example.shop.model.*;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a user of the generated client writes. */
public final class Calls {

    public static List<String> run() throws ApiException {
        List<String> seen = new ArrayList<>();
        ShopClient shop = new ShopClient();
        List<Pet> pets = shop.listPets("a b&c=d+é", "trace 1");
        seen.add(pets.get(0).getName() + " " + pets.get(0).getKind() + " " + pets.get(0).getBorn().equals(LocalDate.of(2020, 2, 29)));
        seen.add(pets.get(1).getName() + " " + pets.get(1).getWeight());
        Pet pet = new Pet().name("Zoë").toys(List.of(new PetToysInner().name("bone"), new PetToysInner().name("ball")));
        ApiResponse<Pet> made = shop.petsPostWithHttpInfo(pet);
        seen.add(made.getStatusCode() + " " + made.getData().getName());
        try {
            shop.petsPost(new Pet().name("Rex"));
        } catch (ApiException e) {
            seen.add(e.getCode() + " " + e.getResponseBody());
        }
        seen.add(String.valueOf(shop.petsPetIdRestGet("7 / 8", "x y")));
        return seen;
    }
}
