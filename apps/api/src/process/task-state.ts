/** Whether the task is on its way out. One object is shared by the routes, the responses and the lifecycle. */
export class TaskState {
  #draining = false;

  get draining(): boolean {
    return this.#draining;
  }

  startDraining(): void {
    this.#draining = true;
  }
}
