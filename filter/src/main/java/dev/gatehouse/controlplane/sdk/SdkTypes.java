package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Optional;

/** Every type of SDK that there is. */
public final class SdkTypes {

    /** In the order of their names. */
    private static final List<Recipe> RECIPES = List.of(
            new AndroidRecipe(),
            new JavaRecipe(),
            new JavaScriptRecipe(),
            new AppleRecipe("objectivec", "iOS (Objective-C)", "A client in Objective-C, as a CocoaPods pod", "objc"),
            new RubyRecipe(),
            new AppleRecipe("swift", "iOS (Swift)", "A client in Swift 6, as a Swift package", "swift6"));

    private SdkTypes() {}

    /** In the order of their ids. */
    public static List<SdkType> all() {
        return RECIPES.stream().map(SdkTypes::type).toList();
    }

    /** @param id such as {@code java}; case counts */
    public static Optional<SdkType> find(String id) {
        return recipe(id).map(SdkTypes::type);
    }

    static Optional<Recipe> recipe(String id) {
        return RECIPES.stream().filter(recipe -> recipe.id().equals(id)).findFirst();
    }

    private static SdkType type(Recipe recipe) {
        return new SdkType(
                recipe.id(),
                recipe.friendlyName(),
                recipe.description(),
                recipe.parameters().stream().map(SdkParameter::shown).toList());
    }
}
