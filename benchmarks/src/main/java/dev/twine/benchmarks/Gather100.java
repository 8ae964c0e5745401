package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A hundred pending ones, gathered to one of a list, and then fired. */
@SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
public class Gather100 extends Row {

  public static class Plain extends Gather100 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  private static final int COUNT = 100;

  @Override
  int expected() {
    return COUNT;
  }

  @Override
  void requireResult(Object fired, @Nullable Object ended) throws Exception {
    if (!(ended instanceof Disposable)) {
      require(IntStream.range(0, COUNT).boxed().toList(), Results.of(fired, ended), "the result");
    }
  }

  private static <L extends List<?>> L keep(L list) {
    Steps.kept = list.size();
    return list;
  }

  @Benchmark
  public void twine() {
    Deferred<Integer>[] members = new Deferred[COUNT];
    for (int i = 0; i < COUNT; i++) {
      members[i] = new Deferred<>();
    }
    Deferred<List<Integer>> end = Deferred.gatherResults(members).addCallback(Gather100::keep);
    escape(members, end);
    for (int i = 0; i < COUNT; i++) {
      members[i].callback(i);
    }
  }

  /** The values have to be collected by hand. */
  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer>[] members = new CompletableFuture[COUNT];
    for (int i = 0; i < COUNT; i++) {
      members[i] = new CompletableFuture<>();
    }
    CompletableFuture<List<Integer>> end =
        CompletableFuture.allOf(members)
            .thenApply(
                nothing -> {
                  List<Integer> values = new ArrayList<>(COUNT);
                  for (CompletableFuture<Integer> member : members) {
                    values.add(member.join());
                  }
                  return keep(values);
                });
    escape(members, end);
    for (int i = 0; i < COUNT; i++) {
      members[i].complete(i);
    }
  }

  @Benchmark
  public void trane() {
    Promise<Integer>[] members = new Promise[COUNT];
    for (int i = 0; i < COUNT; i++) {
      members[i] = Promise.apply();
    }
    Future<List<Integer>> end = Future.collect(Arrays.asList(members)).map(Gather100::keep);
    escape(members, end);
    for (int i = 0; i < COUNT; i++) {
      members[i].setValue(i);
    }
  }

  @Benchmark
  public void rxjava() {
    SingleSubject<Integer>[] members = new SingleSubject[COUNT];
    for (int i = 0; i < COUNT; i++) {
      members[i] = SingleSubject.create();
    }
    Disposable subscription =
        Single.zipArray(Arrays::asList, members).subscribe(list -> keep(list));
    escape(members, subscription);
    for (int i = 0; i < COUNT; i++) {
      members[i].onSuccess(i);
    }
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer>[] members = new com.stumbleupon.async.Deferred[COUNT];
    for (int i = 0; i < COUNT; i++) {
      members[i] = new com.stumbleupon.async.Deferred<>();
    }
    com.stumbleupon.async.Deferred<ArrayList<Integer>> end =
        com.stumbleupon.async.Deferred.groupInOrder(Arrays.asList(members))
            .addCallback(Gather100::keep);
    escape(members, end);
    for (int i = 0; i < COUNT; i++) {
      members[i].callback(i);
    }
  }

  @Benchmark
  public void floor() {
    GatherFloor.Member[] members = new GatherFloor.Member[COUNT];
    for (int i = 0; i < COUNT; i++) {
      members[i] = new GatherFloor.Member();
    }
    GatherFloor end = new GatherFloor(members, Gather100::keep);
    escape(members, end);
    for (int i = 0; i < COUNT; i++) {
      members[i].fire(i);
    }
  }
}
