package org.muster.storage.sourced;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import org.muster.event.projection.Generations;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageProvider;

/**
 * Where the model lies that writes are decided on, and what has to be known of the back end beyond
 * its SPI.
 *
 * @param store in the transaction of the events; it has all generations
 * @param tenants all tenants
 * @param erasing removes what events tell of a tenant, as {@link StorageProvider#erase} removes all
 * @param counts how many live documents a tenant has, by collection; under either form of its id
 */
public record ModelStore(
    StorageProvider store,
    Generations generations,
    Supplier<List<TenantId>> tenants,
    ToLongBiFunction<TenantId, Integer> erasing,
    Function<TenantId, SortedMap<String, Long>> counts) {}
